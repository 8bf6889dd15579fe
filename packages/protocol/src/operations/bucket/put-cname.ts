// POST /bucket?cname&comp=add (operations reference T1-52).

import type { Operation } from '../definition/operation.ts';
import { type CnameInput, cnameDocument, domainName } from '../documents/cname.ts';
import { nothing } from '../fields/fields.ts';
import { booleanText, text } from '../forms/forms.ts';
import { literal, maybe, object, one, type Shape, value } from '../shapes/shape.ts';

/** The certificate that a custom domain is served with. */
export interface CertificateConfiguration {
  /** Of a certificate that the service keeps already. */
  certId?: string | undefined;
  /** PEM: the certificate, then those that signed it. */
  certificate?: string | undefined;
  /** PEM. */
  privateKey?: string | undefined;
  /** Must be the present certificate's id, or 409 CasRenewCertificateConflict; see `force`. */
  previousCertId?: string | undefined;
  /** True: `previousCertId` is not looked at. */
  force?: boolean | undefined;
  /** True: the domain has no certificate from now on. */
  deleteCertificate?: boolean | undefined;
}

export interface PutCnameInput extends CnameInput {
  /** Absent: the domain keeps what it has. */
  certificateConfiguration?: CertificateConfiguration | undefined;
}

const certificateConfiguration: Shape<CertificateConfiguration> = object<CertificateConfiguration>({
  certId: maybe('CertId', value(text)),
  certificate: maybe('Certificate', literal),
  privateKey: maybe('PrivateKey', literal),
  previousCertId: maybe('PreviousCertId', value(text)),
  force: maybe('Force', value(booleanText())),
  deleteCertificate: maybe('DeleteCertificate', value(booleanText())),
});

/** Binds a custom domain to a bucket, once its owner has published the token in DNS. */
export const putCname: Operation<'PutCname', PutCnameInput, Record<never, never>> = {
  name: 'PutCname',
  route: { method: 'POST', on: 'bucket', query: { cname: true, comp: 'add' } },
  success: 200,
  requestBody: 'document',
  request: cnameDocument(
    object<PutCnameInput>({
      domain: one('Domain', value(domainName)),
      certificateConfiguration: maybe('CertificateConfiguration', certificateConfiguration),
    }),
  ),
  response: nothing,
};
