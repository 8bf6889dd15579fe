// The library that makes certificates, and the one kind of key they get. Loaded only by servers with a
// certificate authority of their own: it takes longer to load than the rest of the server.
import { KeyObject, randomBytes } from 'node:crypto';

export type X509Library = typeof import('@peculiar/x509');

export async function loadX509(): Promise<X509Library> {
  // The library's own dependency wants it first.
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

export const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface SigningKeys {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

export function makeKeys(): Promise<SigningKeys> {
  return crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

export function privateKeyPem(key: CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** 16 bytes, positive (RFC 5280 §4.1.2.2). */
export function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** Certificates count in whole seconds. */
export function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000);
}
