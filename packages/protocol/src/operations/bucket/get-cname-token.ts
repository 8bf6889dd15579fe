// GET /bucket?cname=DOMAIN&comp=token (operations reference T1-56).

import type { Operation } from '../definition/operation.ts';
import { type CnameInput, type CnameToken, cnameToken, domainName } from '../documents/cname.ts';
import { fields, requiredQuery } from '../fields/fields.ts';

/** The token of a domain; 404 CnameTokenNotFound where there is none, or none any more. */
export const getCnameToken: Operation<'GetCnameToken', CnameInput, CnameToken> = {
  name: 'GetCnameToken',
  route: { method: 'GET', on: 'bucket', query: { cname: true, comp: 'token' } },
  success: 200,
  requestBody: 'none',
  request: fields<CnameInput>({ domain: requiredQuery('cname', domainName) }),
  response: cnameToken,
};
