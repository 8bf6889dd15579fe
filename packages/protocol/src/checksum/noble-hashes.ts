// Hashes in plain JavaScript, for browsers and edge runtimes: synchronous, which WebCrypto is not.
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from './bytes-text.ts';
import type { Hashes } from './hashes.ts';

const encoder = new TextEncoder();

function bytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? encoder.encode(data) : data;
}

export const nobleHashes: Hashes = {
  sha256: (data) => sha256(bytes(data)),
  sha256Hex: (data) => toHex(sha256(bytes(data))),
  hmacSha256: (key, data) => hmac(sha256, bytes(key), bytes(data)),
  hmacSha256Hex: (key, data) => toHex(hmac(sha256, bytes(key), bytes(data))),
  hmacSha1: (key, data) => hmac(sha1, bytes(key), bytes(data)),
  md5: (data) => md5(bytes(data)),
  createMd5: () => {
    const hash = md5.create();
    return {
      update: (chunk) => {
        hash.update(chunk);
      },
      digest: () => hash.digest(),
    };
  },
};
