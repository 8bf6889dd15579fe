// Enumerations of the protocol.
import type { Form } from './form.ts';
import { oneOf } from './forms.ts';

export const bucketAclWords = ['private', 'public-read', 'public-read-write'] as const;
export type BucketAclWord = (typeof bucketAclWords)[number];

export const objectAclWords = ['default', 'private', 'public-read', 'public-read-write'] as const;
export type ObjectAclWord = (typeof objectAclWords)[number];

export const storageClassWords = [
  'Standard',
  'IA',
  'Archive',
  'ColdArchive',
  'DeepColdArchive',
] as const;
export type StorageClassWord = (typeof storageClassWords)[number];

export const redundancyWords = ['LRS', 'ZRS'] as const;
export type RedundancyWord = (typeof redundancyWords)[number];

export const versioningWords = ['Enabled', 'Suspended'] as const;
export type VersioningWord = (typeof versioningWords)[number];

export const objectTypeWords = ['Normal', 'Multipart', 'Appendable', 'Symlink'] as const;
export type ObjectTypeWord = (typeof objectTypeWords)[number];

export const bucketAcl: Form<BucketAclWord> = oneOf(bucketAclWords, 'InvalidBucketAcl');
export const objectAcl: Form<ObjectAclWord> = oneOf(objectAclWords, 'InvalidObjectAcl');
export const storageClass: Form<StorageClassWord> = oneOf(storageClassWords, 'InvalidStorageClass');
export const objectType: Form<ObjectTypeWord> = oneOf(objectTypeWords);
export const redundancy: Form<RedundancyWord> = oneOf(redundancyWords);
export const versioning: Form<VersioningWord> = oneOf(versioningWords);
