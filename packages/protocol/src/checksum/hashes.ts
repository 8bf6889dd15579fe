// The one port through which every hash and HMAC is computed. Node answers with node:crypto,
// browsers and edge runtimes with @noble/hashes; both are synchronous, which canonicalisation needs.

export interface StreamingHash {
  update(chunk: Uint8Array): void;
  digest(): Uint8Array;
}

export interface Hashes {
  sha256(data: string | Uint8Array): Uint8Array;
  /** In lower-case hexadecimal: where nobody needs the bytes, text at once costs half. */
  sha256Hex(data: string | Uint8Array): string;
  hmacSha256(key: string | Uint8Array, data: string | Uint8Array): Uint8Array;
  hmacSha256Hex(key: string | Uint8Array, data: string | Uint8Array): string;
  hmacSha1(key: string | Uint8Array, data: string | Uint8Array): Uint8Array;
  md5(data: string | Uint8Array): Uint8Array;
  createMd5(): StreamingHash;
}
