// The configuration documents of a bucket (C): a row for each. A document is its own row of the metadata, so
// that changing one disturbs no other; whoever changes one gives the bucket's guard a new stamp, too, which
// is how everybody else learns of it (buckets/change-document.ts).
//
// A document that is a list of items with an id each (inventory, styles) is no row here but one of an item:
// its key is (bucket id, name, 00, item id), so that items are put and removed one by one and listed a page
// at a time by their range. The first operation that needs it adds `list` beside `get`, `put` and `remove`.
import {
  type CorsConfiguration,
  type CorsRule,
  checkCorsRules,
  corsMethods,
  type Tag,
  type Tagging,
} from '@osskeep/protocol';
import { type BucketId, bucketDocumentKey } from '../keys/configuration-keys.ts';
import type { Key, Row } from '../ports/metadata.ts';
import { decodeDocument, encodeDocument } from '../records/document.ts';
import {
  fieldsInOrder,
  flag,
  flagOrOff,
  list,
  optional,
  text,
  wholeNumber,
  word,
} from '../records/document-forms.ts';
import {
  type BucketAcl,
  bucketAcls,
  type DataRedundancyType,
  dataRedundancyTypes,
  type StorageClass,
  storageClasses,
} from '../records/model.ts';
import { checkBucketTags } from './bucket-tags.ts';
import { type DocumentRow, type JudgedBy, whenAsked, withBucket } from './document-row.ts';
import { refusePublicAcl } from './public-acl.ts';

/** Written when the bucket is made, and never again. */
export interface BucketInfo {
  /** Ms since the Unix epoch. */
  readonly createdMs: number;
  readonly storageClass: StorageClass;
  readonly dataRedundancyType: DataRedundancyType;
}

/** Proves the ownership of a domain, once its owner has put it into a TXT record. */
export interface CnameToken {
  /** Lower case. */
  readonly domain: string;
  readonly token: string;
  /** Wall time, ms since the Unix epoch. */
  readonly expiresMs: number;
}

const bucketDocuments = {
  info: withBucket<BucketInfo>({
    fields: {
      createdMs: wholeNumber,
      storageClass: word(storageClasses),
      dataRedundancyType: word(dataRedundancyTypes),
    },
  }),
  acl: withBucket<{ readonly acl: BucketAcl }>({
    fields: { acl: word(bucketAcls) },
    check: ({ acl }, { blockPublicAccess }) => refusePublicAcl(blockPublicAccess, acl),
  }),
  /** The bucket's own; without it the server's setting holds. */
  publicAccessBlock: withBucket<{ readonly enabled: boolean }>({ fields: { enabled: flag } }),
  cors: withBucket<CorsConfiguration>({
    fields: {
      rules: list(
        fieldsInOrder<CorsRule>({
          allowedOrigins: list(text),
          allowedMethods: list(word(corsMethods)),
          allowedHeaders: list(text),
          exposeHeaders: list(text),
          maxAgeSeconds: optional(wholeNumber),
        }),
      ),
      responseVary: flagOrOff,
    },
    check: ({ rules }) => checkCorsRules(rules),
  }),
  tags: whenAsked<Tagging>({
    fields: { tags: list(fieldsInOrder<Tag>({ key: text, value: text })) },
    check: checkBucketTags,
  }),
  /** The custom domains bound through the API, in the order they were bound. */
  cname: whenAsked<{ readonly domains: readonly string[] }>({ fields: { domains: list(text) } }),
  cnameTokens: whenAsked<{ readonly tokens: readonly CnameToken[] }>({
    fields: {
      tokens: list(
        fieldsInOrder<CnameToken>({ domain: text, token: text, expiresMs: wholeNumber }),
      ),
    },
  }),
};

type Table = typeof bucketDocuments;

export type BucketDocumentName = keyof Table;

/** What a document says. */
export type BucketDocument<Name extends BucketDocumentName> =
  Table[Name] extends DocumentRow<infer Value> ? Value : never;

export type NameWithBucket = {
  [Name in BucketDocumentName]: Table[Name]['read'] extends 'with-bucket' ? Name : never;
}[BucketDocumentName];

/** The documents that are read with a bucket, those that it has. */
export type DocumentsWithBucket = { readonly [Name in NameWithBucket]?: BucketDocument<Name> };

const names = Object.keys(bucketDocuments) as BucketDocumentName[];

export const namesWithBucket: readonly NameWithBucket[] = names.filter(isWithBucket);

export function isWithBucket(name: BucketDocumentName): name is NameWithBucket {
  return bucketDocuments[name].read === 'with-bucket';
}

/** Throws what a put of this value is refused with. */
export function checkBucketDocument<Name extends BucketDocumentName>(
  name: Name,
  value: BucketDocument<Name>,
  by: JudgedBy,
): void {
  rowOf(name).check?.(value, by);
}

/** The metadata row that holds the document. */
export function bucketDocumentRow<Name extends BucketDocumentName>(
  bucketId: BucketId,
  name: Name,
  value: BucketDocument<Name>,
): { readonly key: Key; readonly value: Buffer } {
  return {
    key: bucketDocumentKey(bucketId, name),
    value: encodeDocument(rowOf(name).fields, value as object),
  };
}

/** undefined where there is none. */
export function bucketDocumentIn<Name extends BucketDocumentName>(
  name: Name,
  row: Row | null | undefined,
): BucketDocument<Name> | undefined {
  if (row == null) return undefined;
  return decodeDocument(name, rowOf(name).fields as never, row.value) as BucketDocument<Name>;
}

/** By a name that is known only at run time, a row of the table is that of its own value all the same. */
function rowOf<Name extends BucketDocumentName>(name: Name): DocumentRow<BucketDocument<Name>> {
  return bucketDocuments[name] as unknown as DocumentRow<BucketDocument<Name>>;
}
