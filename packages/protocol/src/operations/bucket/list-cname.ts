// GET /bucket?cname (operations reference T1-54).

import type { Operation } from '../definition/operation.ts';
import { certificateDate } from '../documents/cname.ts';
import { nothing } from '../fields/fields.ts';
import { isoDate, text } from '../forms/forms.ts';
import { document, many, maybeEmpty, object, one, type Shape, value } from '../shapes/shape.ts';

export interface CnameCertificate {
  /** `CAS`: kept by the certificate service; `Upload`: sent with PutCname. */
  type: string;
  certId: string;
  /** `Enabled` or `Disabled`. */
  status: string;
  /** ms since the epoch, whole seconds. */
  creationDate?: number | undefined;
  /** SHA-1 of the certificate, `DE:01:…`. */
  fingerprint?: string | undefined;
  validStartDate?: number | undefined;
  validEndDate?: number | undefined;
}

export interface CnameInfo {
  domain: string;
  /** ms since the epoch, whole seconds. */
  lastModified: number;
  /** `Enabled` or `Disabled`. */
  status: string;
  certificate?: CnameCertificate | undefined;
}

export interface ListCnameOutput {
  bucket: string;
  /** The account's id. */
  owner: string;
  cnames: readonly CnameInfo[];
}

const certificate: Shape<CnameCertificate> = object<CnameCertificate>({
  type: one('Type', value(text)),
  certId: one('CertId', value(text)),
  status: one('Status', value(text)),
  creationDate: maybeEmpty('CreationDate', value(certificateDate)),
  fingerprint: maybeEmpty('Fingerprint', value(text)),
  validStartDate: maybeEmpty('ValidStartDate', value(certificateDate)),
  validEndDate: maybeEmpty('ValidEndDate', value(certificateDate)),
});

const cname: Shape<CnameInfo> = object<CnameInfo>({
  domain: one('Domain', value(text)),
  lastModified: one('LastModified', value(isoDate)),
  status: one('Status', value(text)),
  certificate: maybeEmpty('Certificate', certificate),
});

/** The custom domains of a bucket, all of them. */
export const listCname: Operation<'ListCname', Record<never, never>, ListCnameOutput> = {
  name: 'ListCname',
  route: { method: 'GET', on: 'bucket', query: { cname: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: document<ListCnameOutput>(
    'ListCnameResult',
    object<ListCnameOutput>({
      bucket: one('Bucket', value(text)),
      owner: one('Owner', value(text)),
      cnames: many('Cname', cname),
    }),
  ),
};
