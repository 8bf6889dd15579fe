// Configuration documents of a bucket (C) and of an account (A): one row a document, so that
// changing one disturbs neither the others nor running uploads.

import { checkFormat } from './format.ts';
import type { BucketAcl, DataRedundancyType, StorageClass } from './model.ts';
import { packTail, unpackTail } from './tail.ts';

export interface BucketDocuments {
  readonly info: {
    readonly createdMs: number;
    readonly storageClass: StorageClass;
    readonly dataRedundancyType: DataRedundancyType;
  };
  readonly acl: { readonly acl: BucketAcl };
  readonly publicAccessBlock: { readonly enabled: boolean };
  readonly cors: StoredCors;
  /** The custom domains bound through the API, in the order they were bound. */
  readonly cname: { readonly domains: readonly string[] };
  readonly cnameTokens: { readonly tokens: readonly StoredCnameToken[] };
}

/** Rules as flat lists: maps inside a document would come back as maps. */
export interface StoredCors {
  readonly rules: readonly StoredCorsRule[];
  readonly responseVary: boolean;
}

export type StoredCorsRule = readonly [
  allowedOrigins: readonly string[],
  allowedMethods: readonly string[],
  allowedHeaders: readonly string[],
  exposeHeaders: readonly string[],
  maxAgeSeconds: number | null,
];

export type StoredCnameToken = readonly [domain: string, token: string, expiresMs: number];

export type BucketDocumentName = keyof BucketDocuments;

const format = 1;

export function encodeBucketDocument<Name extends BucketDocumentName>(
  document: BucketDocuments[Name],
): Buffer {
  return Buffer.concat([Buffer.of(format), packTail(new Map(Object.entries(document)))]);
}

export function decodeBucketDocument<Name extends BucketDocumentName>(
  name: Name,
  value: Buffer,
): BucketDocuments[Name] {
  checkFormat(`bucket document "${name}"`, value, format);
  return Object.fromEntries(unpackTail(value.subarray(1))) as unknown as BucketDocuments[Name];
}
