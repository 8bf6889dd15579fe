// Hashes through node:crypto, found at run time: a static import would break browsers and bundlers.
import type { Hashes, StreamingHash } from './hashes.ts';
import { shortHmac, shortKeyBytesMax, shortTextMax } from './node-hmac.ts';

interface NodeHash {
  update(data: string | Uint8Array): NodeHash;
  digest(): Uint8Array;
  digest(encoding: 'hex'): string;
}

/** The part of node:crypto that is used. */
interface NodeCrypto {
  /** One call instead of a hash object: half the time for the short texts of a signature. */
  hash(algorithm: string, data: string | Uint8Array, encoding: 'buffer'): Uint8Array;
  hash(algorithm: string, data: string | Uint8Array, encoding: 'hex' | 'latin1'): string;
  createHash(algorithm: string): NodeHash;
  createHmac(algorithm: string, key: string | Uint8Array): NodeHash;
}

interface MaybeNode {
  readonly process?: { getBuiltinModule?(name: string): unknown };
}

/** undefined where the runtime has no node:crypto with one-shot hashes. */
export function nodeHashes(): Hashes | undefined {
  const crypto = (globalThis as MaybeNode).process?.getBuiltinModule?.('node:crypto') as
    | NodeCrypto
    | undefined;
  if (typeof crypto?.hash !== 'function') return undefined;
  const short = shortHmac((data, encoding) => crypto.hash('sha256', data, encoding));
  return {
    sha256: (data) => crypto.hash('sha256', data, 'buffer'),
    sha256Hex: (data) => crypto.hash('sha256', data, 'hex'),
    hmacSha256: (key, data) => crypto.createHmac('sha256', key).update(data).digest(),
    hmacSha256Hex: (key, data) =>
      typeof key !== 'string' &&
      typeof data === 'string' &&
      key.length <= shortKeyBytesMax &&
      data.length <= shortTextMax
        ? short(key, data)
        : crypto.createHmac('sha256', key).update(data).digest('hex'),
    hmacSha1: (key, data) => crypto.createHmac('sha1', key).update(data).digest(),
    md5: (data) => crypto.hash('md5', data, 'buffer'),
    createMd5: (): StreamingHash => {
      const hash = crypto.createHash('md5');
      return {
        update: (chunk) => {
          hash.update(chunk);
        },
        digest: () => hash.digest(),
      };
    },
  };
}
