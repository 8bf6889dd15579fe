// The document that both GetBucketAcl and GetObjectAcl answer with.

import type { Field } from '../definition/operation.ts';
import type { Form } from '../forms/form.ts';
import { document, inside, object, one, value } from '../shapes/shape.ts';
import { type OwnerInfo, owner } from './owner.ts';

export interface AccessControlPolicy<Word extends string> {
  owner: OwnerInfo;
  /** The ACL itself. */
  grant: Word;
}

export function accessControlPolicy<Word extends string>(
  word: Form<Word>,
): Field<AccessControlPolicy<Word>> {
  return document<AccessControlPolicy<Word>>(
    'AccessControlPolicy',
    object<AccessControlPolicy<Word>>({
      owner: one('Owner', owner),
      grant: inside('AccessControlList', one('Grant', value(word))),
    }),
  );
}
