// Makes certificates for single names from the server's own authority.
import { isIP } from 'node:net';
import type { JsonGeneralName } from '@peculiar/x509';
import type { Certificate } from '../../gateway/http/tls/certificate-source.ts';
import { certificateId } from './key-pair.ts';
import type { LocalAuthority } from './local-authority.ts';
import {
  keyAlgorithm,
  loadX509,
  makeKeys,
  privateKeyPem,
  serialNumber,
  wholeSecond,
  type X509Library,
} from './x509.ts';

export interface LeafIssuer {
  issue(names: readonly string[], from: Date, to: Date): Promise<Certificate>;
}

/** All its certificates share one key: making one takes longer than signing. */
export async function openLeafIssuer(authority: LocalAuthority): Promise<LeafIssuer> {
  const x509 = await loadX509();
  const keys = await makeKeys();
  const key = privateKeyPem(keys.privateKey);
  const issuer = new x509.X509Certificate(authority.certificate);
  const endsMs = issuer.notAfter.getTime();
  const fixed = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    await x509.AuthorityKeyIdentifierExtension.create(issuer),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  return {
    issue: async (names, from, to) => {
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: [{ O: ['osskeep'] }, { CN: ['osskeep'] }],
        issuer: issuer.subject,
        notBefore: wholeSecond(from.getTime()),
        notAfter: wholeSecond(Math.min(to.getTime(), endsMs)),
        publicKey: keys.publicKey,
        signingKey: authority.key,
        signingAlgorithm: keyAlgorithm,
        extensions: [...fixed, alternativeNames(x509, names)],
      });
      // The authority goes along: programs that look into the chain then see where it ends.
      const cert = `${certificate.toString('pem')}\n${authority.certificate}`;
      return { id: certificateId(cert), cert, key };
    },
  };
}

function alternativeNames(x509: X509Library, names: readonly string[]) {
  return new x509.SubjectAlternativeNameExtension(
    names.map((value): JsonGeneralName => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
  );
}
