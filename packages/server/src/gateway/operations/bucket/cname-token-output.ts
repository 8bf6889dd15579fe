// A token as CreateCnameToken and GetCnameToken print it.
import type { CnameToken as CnameTokenOutput } from '@osskeep/protocol';
import type { Bucket } from '../../../core/buckets/bucket.ts';
import type { CnameToken } from '../../../core/documents/bucket-documents.ts';

export function cnameTokenOutput(
  bucket: Bucket,
  { domain, token, expiresMs }: CnameToken,
): CnameTokenOutput {
  return { bucket: bucket.name, cname: domain, token, expireTime: expiresMs };
}
