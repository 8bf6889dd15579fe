// A certificate authority of the server's own (`--tls-self-signed`): made on the first start, kept in
// the data folder, and never changed before it expires, so that whoever trusts it once keeps trusting it.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { makePrivateFolder, readPrivateFile, writePrivateFile } from '../process/durable-file.ts';
import { ConfigurationError } from '../settings/errors.ts';
import { checkKeyPair } from './key-pair.ts';
import {
  keyAlgorithm,
  loadX509,
  makeKeys,
  privateKeyPem,
  serialNumber,
  wholeSecond,
} from './x509.ts';

export interface LocalAuthority {
  /** PEM: what clients have to trust. */
  readonly certificate: string;
  readonly key: CryptoKey;
  /** Where the certificate is kept; absent in memory. */
  readonly file: string | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;
const validMs = 3650 * dayMs;
/** Clients whose clock is late shall not wait. */
const backdatedMs = dayMs;

/** Takes the one in `folder`, or makes one there; without a folder, one in memory. */
export async function openLocalAuthority(
  folder: string | undefined,
  nowMs: number,
): Promise<LocalAuthority> {
  if (folder === undefined) {
    const { certificate, privateKey } = await makeAuthority(nowMs);
    return { certificate, key: await importKey(privateKey), file: undefined };
  }
  const file = join(folder, 'ca.pem');
  const keyFile = join(folder, 'ca.key');
  await makePrivateFolder(folder);
  let certificate = await readPrivateFile(file);
  let privateKey = await readPrivateFile(keyFile);
  if (certificate === undefined || hasExpired(certificate, nowMs)) {
    ({ certificate, privateKey } = await makeAuthority(nowMs));
    // The key first: a certificate without its key could never be used again.
    await writePrivateFile(keyFile, privateKey);
    await writePrivateFile(file, certificate);
  } else {
    checkKept(certificate, privateKey, file, keyFile);
  }
  return { certificate, key: await importKey(privateKey ?? ''), file };
}

function hasExpired(certificate: string, nowMs: number): boolean {
  try {
    return new X509Certificate(certificate).validToDate.getTime() <= nowMs;
  } catch {
    // Damaged: said by the check.
    return false;
  }
}

/** Made anew in silence, it would no longer be the one that clients trust. */
function checkKept(
  certificate: string,
  privateKey: string | undefined,
  file: string,
  keyFile: string,
): void {
  try {
    checkKeyPair(certificate, privateKey ?? '', { cert: file, key: keyFile });
  } catch (error) {
    throw new ConfigurationError(
      `${(error as Error).message} Restore both files from a backup, or delete both: ` +
        'a new authority is made then, and clients have to trust that one.',
    );
  }
}

async function makeAuthority(nowMs: number): Promise<{ certificate: string; privateKey: string }> {
  const x509 = await loadX509();
  const keys = await makeKeys();
  const serial = serialNumber();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial,
    // Different for each: trust stores find authorities by their names.
    name: [{ O: ['osskeep'] }, { CN: [`osskeep local authority ${serial.slice(0, 8)}`] }],
    notBefore: wholeSecond(nowMs - backdatedMs),
    notAfter: wholeSecond(nowMs + validMs),
    keys,
    signingAlgorithm: keyAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: privateKeyPem(keys.privateKey),
  };
}

function importKey(privateKey: string): Promise<CryptoKey> {
  const der = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', der, keyAlgorithm, false, ['sign']);
}
