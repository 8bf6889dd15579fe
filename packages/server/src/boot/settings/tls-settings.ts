// The settings of https: where it listens, and which certificates it shows for which names.
import { z } from 'zod';
import { hostPattern } from './host-settings.ts';

export interface CertificateSetting {
  readonly domains?: readonly string[] | undefined;
  readonly cert: string;
  readonly key: string;
}

/** PEM text where it begins with `-----BEGIN`, else the path of a file in PEM. */
const pem = z.string().min(1);

const certificate = z.strictObject({
  /** Names it is chosen for; those the certificate itself is for when absent. */
  domains: z.array(hostPattern).min(1).optional(),
  /** The certificate, followed by those of its issuers. */
  cert: pem,
  key: pem,
});

export const tlsSettings = z
  .strictObject({
    /** The host of `listen`, port 6772, when absent. */
    listen: z.string().optional(),
    cert: pem.optional(),
    key: pem.optional(),
    /** A certificate authority of the server's own, for the names that are its own. */
    selfSigned: z.boolean().default(false),
    certificates: z.array(certificate).default([]),
  })
  .superRefine(({ listen, cert, key, selfSigned, certificates }, context) => {
    const complain = (message: string): void => context.addIssue({ code: 'custom', message });
    if (cert !== undefined && key === undefined) complain('cert needs its key beside it');
    if (key !== undefined && cert === undefined) complain('key needs its cert beside it');
    const hasAny = cert !== undefined || selfSigned || certificates.length > 0;
    if (listen !== undefined && !hasAny && key === undefined) {
      complain('listen needs a certificate: give cert and key, or selfSigned');
    }
  })
  .transform(({ listen, cert, key, selfSigned, certificates }) => {
    const all = cert === undefined || key === undefined ? [] : [{ cert, key }];
    const every: CertificateSetting[] = [...all, ...certificates];
    return selfSigned || every.length > 0 ? { listen, selfSigned, certificates: every } : undefined;
  });
