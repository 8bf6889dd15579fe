// Configuration documents of a bucket (C): one row a document, so that changing one disturbs
// neither the others nor running uploads.
import type { BucketAcl, DataRedundancyType, StorageClass } from '../model.ts';
import { checkFormat } from './format.ts';
import { packTail, unpackTail } from './tail.ts';

export interface BucketDocuments {
  readonly info: {
    readonly createdMs: number;
    readonly storageClass: StorageClass;
    readonly dataRedundancyType: DataRedundancyType;
  };
  readonly acl: { readonly acl: BucketAcl };
  readonly publicAccessBlock: { readonly enabled: boolean };
}

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
