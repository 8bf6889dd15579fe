// What the operations on custom domains share.
import { formatImfDate, parseImfDate } from '../../http/dates.ts';
import { isDomainName } from '../../names/domain-name.ts';
import type { Field } from '../definition/operation.ts';
import type { Form } from '../forms/form.ts';
import { imfDate, refused, text } from '../forms/forms.ts';
import { document, object, one, type Shape, value, wrapped } from '../shapes/shape.ts';

/** A custom domain: `img.example.com`, never an address or a single word; read in lower case. */
export const domainName: Form<string> = { print: checkDomain, parse: checkDomain };

function checkDomain(given: string, name: string): string {
  const lower = given.trim().toLowerCase();
  if (isDomainName(lower)) return lower;
  throw refused('InvalidDomainName', name, given);
}

/** The one document of all requests that name a domain. */
export function cnameDocument<T>(cname: Shape<T>): Field<T> {
  return document<T>('BucketCnameConfiguration', wrapped('Cname', cname));
}

export interface CnameInput {
  /** The custom domain: `img.example.com`. */
  domain: string;
}

export const cnameOnly: Field<CnameInput> = cnameDocument(
  object<CnameInput>({ domain: one('Domain', value(domainName)) }),
);

/** What proves that a domain is its owner's, once it stands in a TXT record of the domain. */
export interface CnameToken {
  bucket: string;
  /** The custom domain. */
  cname: string;
  /** The text of the TXT record `_dnsauth.<domain>`. */
  token: string;
  /** ms since the epoch, whole seconds. */
  expireTime: number;
}

export const cnameToken: Field<CnameToken> = document<CnameToken>(
  'CnameToken',
  object<CnameToken>({
    bucket: one('Bucket', value(text)),
    cname: one('Cname', value(text)),
    token: one('Token', value(text)),
    expireTime: one('ExpireTime', value(imfDate)),
  }),
);

/** As `imfDate`; OSS writes a certificate's day without its zero, `Mon, 4 May 2048 10:14:51 GMT`. */
export const certificateDate: Form<number> = {
  print: formatImfDate,
  parse: (given, name) => {
    const ms = parseImfDate(given.replace(/^([A-Z][a-z]{2}, )(\d )/, '$10$2'));
    if (ms !== undefined) return ms;
    throw refused('BadDateFormat', name, given);
  },
};
