// A certificate with its private key, as an operator gives them: read from PEM and checked before any
// client meets them.
import { createPrivateKey, hash, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Certificate } from '../../gateway/http/tls/certificate-source.ts';
import { minVersion } from '../../gateway/http/tls/secure-contexts.ts';
import { ConfigurationError } from '../settings/errors.ts';

export interface KeyPair extends Certificate {
  readonly x509: X509Certificate;
}

/** `where` names the certificate and the key in a refusal. */
export function checkKeyPair(
  cert: string,
  key: string,
  where: { readonly cert: string; readonly key: string },
): KeyPair {
  const x509 = parseCertificate(cert, where.cert);
  const privateKey = parseKey(key, where.key);
  if (!x509.checkPrivateKey(privateKey)) {
    throw new ConfigurationError(
      `The private key in ${where.key} is not that of the certificate in ${where.cert}.`,
    );
  }
  try {
    createSecureContext({ cert, key, minVersion });
  } catch (error) {
    throw new ConfigurationError(
      `The certificate in ${where.cert} cannot be used: ${(error as Error).message}.`,
    );
  }
  return { id: certificateId(cert), cert, key, x509 };
}

/** The same for the same chain, and for no other. */
export function certificateId(cert: string): string {
  return hash('sha256', cert);
}

function parseCertificate(cert: string, where: string): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch {
    throw new ConfigurationError(
      `There is no certificate in ${where}. It must be PEM, beginning with -----BEGIN CERTIFICATE-----.`,
    );
  }
}

function parseKey(key: string, where: string): KeyObject {
  try {
    return createPrivateKey(key);
  } catch {
    const why = key.includes('ENCRYPTED')
      ? 'It is encrypted; give one without a passphrase, readable by the server only.'
      : 'It must be PEM, beginning with -----BEGIN PRIVATE KEY-----.';
    throw new ConfigurationError(`The private key in ${where} cannot be read. ${why}`);
  }
}

/** The DNS names a certificate is for. */
export function namesOf(x509: X509Certificate): string[] {
  const names: string[] = [];
  for (const item of (x509.subjectAltName ?? '').split(', ')) {
    // A name with odd characters is quoted by Node; no host is called so.
    if (/^DNS:[^"]+$/.test(item)) names.push(item.slice(4).toLowerCase());
  }
  return names;
}
