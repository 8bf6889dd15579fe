// PUT /bucket/key?acl (operations reference T0-23, §3.10).

import type { Operation } from '../definition/operation.ts';
import { fields, header, query, requiredHeader } from '../fields/fields.ts';
import { text, versionId } from '../forms/forms.ts';
import { type ObjectAclWord, objectAcl } from '../forms/words.ts';

export interface PutObjectAclInput {
  /** The latest version when absent. */
  versionId?: string | undefined;
  /** `default`: the bucket's ACL holds. */
  acl: ObjectAclWord;
}

export interface PutObjectAclOutput {
  versionId?: string | undefined;
}

/** Sets who may read and write one object, whatever its bucket's ACL says. */
export const putObjectAcl: Operation<'PutObjectAcl', PutObjectAclInput, PutObjectAclOutput> = {
  name: 'PutObjectAcl',
  route: { method: 'PUT', on: 'object', query: { acl: true } },
  success: 200,
  requestBody: 'none',
  request: fields<PutObjectAclInput>({
    versionId: query('versionId', versionId),
    acl: requiredHeader('x-oss-object-acl', objectAcl),
  }),
  response: fields<PutObjectAclOutput>({ versionId: header('x-oss-version-id', text) }),
};
