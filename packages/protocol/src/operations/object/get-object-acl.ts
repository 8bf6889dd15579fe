// GET /bucket/key?acl (operations reference T0-24, §3.10).

import type { Operation } from '../definition/operation.ts';
import { type AccessControlPolicy, accessControlPolicy } from '../documents/acl.ts';
import { both, fields, header, query } from '../fields/fields.ts';
import { text, versionId } from '../forms/forms.ts';
import { type ObjectAclWord, objectAcl } from '../forms/words.ts';

export interface GetObjectAclInput {
  /** The latest version when absent. */
  versionId?: string | undefined;
}

interface GetObjectAclHeaders {
  versionId?: string | undefined;
}

/** `grant` is `default` where the object has no ACL of its own. */
export interface GetObjectAclOutput
  extends GetObjectAclHeaders,
    AccessControlPolicy<ObjectAclWord> {}

/** Who may read and write one object. */
export const getObjectAcl: Operation<'GetObjectAcl', GetObjectAclInput, GetObjectAclOutput> = {
  name: 'GetObjectAcl',
  route: { method: 'GET', on: 'object', query: { acl: true } },
  success: 200,
  requestBody: 'none',
  request: fields<GetObjectAclInput>({ versionId: query('versionId', versionId) }),
  response: both(
    fields<GetObjectAclHeaders>({ versionId: header('x-oss-version-id', text) }),
    accessControlPolicy(objectAcl),
  ),
};
