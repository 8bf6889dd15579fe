// A certificate uploaded for a custom domain: checked whole before it is stored, so that a handshake
// never fails for what an upload could have told.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { invalidArgument } from '@osskeep/protocol';

export interface CertificateFacts {
  /** SHA-1 of the leaf, `DE:01:…`. */
  readonly fingerprint: string;
  readonly validFromMs: number;
  readonly validToMs: number;
}

const beginCertificate = /-----BEGIN CERTIFICATE-----/g;
/** Of a chain; more are a mistake. */
const certificatesMax = 10;

/** Throws InvalidArgument where certificate, key and domain do not belong together. */
export function checkCertificate(domain: string, certificate: string, privateKey: string): void {
  const leaf = leafOf(certificate);
  if (leaf === undefined || (certificate.match(beginCertificate)?.length ?? 0) > certificatesMax) {
    throw invalidArgument('Certificate', '', 'The Certificate is no chain of certificates in PEM.');
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(privateKey);
  } catch {
    // What was sent is a secret: it is not repeated.
    throw invalidArgument(
      'PrivateKey',
      '',
      'The PrivateKey is no private key in PEM without a passphrase.',
    );
  }
  if (!leaf.checkPrivateKey(key)) {
    throw invalidArgument('PrivateKey', '', 'The PrivateKey is not the key of the Certificate.');
  }
  if (leaf.checkHost(domain) === undefined) {
    throw invalidArgument('Certificate', '', `The Certificate is not for the domain ${domain}.`);
  }
}

export function certificateFacts(certificate: string): CertificateFacts {
  const leaf = leafOf(certificate);
  if (leaf === undefined) throw new TypeError('a stored certificate cannot be read');
  return {
    fingerprint: leaf.fingerprint,
    validFromMs: Date.parse(leaf.validFrom),
    validToMs: Date.parse(leaf.validTo),
  };
}

function leafOf(certificate: string): X509Certificate | undefined {
  try {
    return new X509Certificate(certificate);
  } catch {
    return undefined;
  }
}
