// Signs the policy of a form upload. What is signed is the base64 text exactly as the field carries
// it, not the JSON (signing reference §5.2).
import { toBase64 } from '../../checksum/bytes-text.ts';
import type { Hashes } from '../../checksum/hashes.ts';
import type { Scope } from '../elements/scope.ts';
import { deriveSigningKey } from '../elements/signing-key.ts';

export function signPolicyV1(secret: string, policyText: string, hashes: Hashes): string {
  return toBase64(hashes.hmacSha1(secret, policyText));
}

export function signPolicyV2(secret: string, policyText: string, hashes: Hashes): string {
  return toBase64(hashes.hmacSha256(secret, policyText));
}

export function signPolicyV4(
  secret: string,
  scope: Scope,
  policyText: string,
  hashes: Hashes,
): string {
  return policySignatureV4(deriveSigningKey(secret, scope, hashes), policyText, hashes);
}

/** With the key of `deriveSigningKey`, for those who keep it. */
export function policySignatureV4(key: Uint8Array, policyText: string, hashes: Hashes): string {
  return hashes.hmacSha256Hex(key, policyText);
}
