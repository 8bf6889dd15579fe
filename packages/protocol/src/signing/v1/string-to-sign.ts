// The V1 string to sign (signing reference §3.1).
import { headerName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { type CanonicalResourceOptions, canonicalResourceV1 } from './canonical-resource.ts';

export interface StringToSignV1Options extends CanonicalResourceOptions {
  /** Line 4 in URL mode, the end of life. In header mode it is `x-oss-date`, else `Date`. */
  readonly expires?: string | undefined;
  /** Line 4 is `Date` although `x-oss-date` is there too: some SDKs sign it so. */
  readonly preferDate?: boolean;
  /** The token header is sent but not signed: one SDK's bug. */
  readonly withoutToken?: boolean;
}

export function canonicalHeadersV1(headers: SignedHeaders, withoutToken: boolean): string {
  const names = [...headers.keys()].filter(
    (name) => name.startsWith('x-oss-') && !(withoutToken && name === headerName.securityToken),
  );
  let text = '';
  for (const name of names.sort()) text += `${name}:${headers.get(name)}\n`;
  return text;
}

export function stringToSignV1(
  request: SignableRequest,
  headers: SignedHeaders,
  options: StringToSignV1Options = {},
): string {
  const ossDate = headers.get(headerName.ossDate);
  const date = headers.get(headerName.date);
  const line4 =
    options.expires ?? (options.preferDate === true ? (date ?? ossDate) : (ossDate ?? date)) ?? '';
  const md5 = headers.get(headerName.contentMd5) ?? '';
  const type = headers.get(headerName.contentType) ?? '';
  const oss = canonicalHeadersV1(headers, options.withoutToken === true);
  const resource = canonicalResourceV1(request, options);
  return `${request.method}\n${md5}\n${type}\n${line4}\n${oss}${resource}`;
}
