// POST /bucket?cname&comp=token (operations reference T1-55).
import type { Operation } from '../definition/operation.ts';
import { type CnameInput, type CnameToken, cnameOnly, cnameToken } from '../documents/cname.ts';

/** Makes the token that proves who owns a domain; answers the present one while it is valid. */
export const createCnameToken: Operation<'CreateCnameToken', CnameInput, CnameToken> = {
  name: 'CreateCnameToken',
  route: { method: 'POST', on: 'bucket', query: { cname: true, comp: 'token' } },
  success: 200,
  requestBody: 'document',
  request: cnameOnly,
  response: cnameToken,
};
