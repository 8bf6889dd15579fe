// The document of tags, of a bucket or an object: only its form. What tags may be called differs between the
// two, and is the server's to check.
import type { Field } from '../definition/operation.ts';
import { around, document, literal, many, object, one, type Shape } from '../shapes/shape.ts';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface Tagging {
  /** In the order of the document. */
  readonly tags: readonly Tag[];
}

const tag: Shape<Tag> = object<Tag>({ key: one('Key', literal), value: one('Value', literal) });

export const taggingDocument: Field<Tagging> = document<Tagging>(
  'Tagging',
  // A set that is empty takes all tags away; one that is left out is a mistake.
  object<Tagging>({ tags: one('TagSet', around(many('Tag', tag))) }),
  undefined,
  'MalformedTagging',
);
