// POST /bucket?cname&comp=delete (operations reference T1-53).

import type { Operation } from '../definition/operation.ts';
import { type CnameInput, cnameOnly } from '../documents/cname.ts';
import { nothing } from '../fields/fields.ts';

/** Takes a custom domain away from a bucket. No error where it is not bound. */
export const deleteCname: Operation<'DeleteCname', CnameInput, Record<never, never>> = {
  name: 'DeleteCname',
  route: { method: 'POST', on: 'bucket', query: { cname: true, comp: 'delete' } },
  success: 200,
  requestBody: 'document',
  request: cnameOnly,
  response: nothing,
};
