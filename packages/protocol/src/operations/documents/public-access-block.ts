// The document of the public access block, the same for a bucket and for an account.

import type { Field } from '../definition/operation.ts';
import { booleanText } from '../forms/forms.ts';
import { document, object, one, value } from '../shapes/shape.ts';

export interface PublicAccessBlock {
  /** True: public ACLs are refused, and those that exist have no effect. */
  blockPublicAccess: boolean;
}

export const publicAccessBlock: Field<PublicAccessBlock> = document<PublicAccessBlock>(
  'PublicAccessBlockConfiguration',
  object<PublicAccessBlock>({
    blockPublicAccess: one('BlockPublicAccess', value(booleanText())),
  }),
);
