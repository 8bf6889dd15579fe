// The words of the domain. Their places in these lists are stored: append, never reorder.

export const storageClasses = [
  'Standard',
  'IA',
  'Archive',
  'ColdArchive',
  'DeepColdArchive',
] as const;
export type StorageClass = (typeof storageClasses)[number];

/** `default` inherits the bucket's ACL. */
export const objectAcls = ['default', 'private', 'public-read', 'public-read-write'] as const;
export type ObjectAcl = (typeof objectAcls)[number];
export const bucketAcls = ['private', 'public-read', 'public-read-write'] as const;
export type BucketAcl = (typeof bucketAcls)[number];

export const versioningStates = ['never', 'enabled', 'suspended'] as const;
export type Versioning = (typeof versioningStates)[number];

export const dataRedundancyTypes = ['LRS', 'ZRS'] as const;
export type DataRedundancyType = (typeof dataRedundancyTypes)[number];

/** The first place is not used: a zeroed row is not a version. */
export const versionKinds = [
  'none',
  'Normal',
  'Multipart',
  'Appendable',
  'Symlink',
  'DeleteMarker',
] as const;
export type VersionKind = Exclude<(typeof versionKinds)[number], 'none'>;
export type ObjectType = Exclude<VersionKind, 'DeleteMarker'>;

/** An account: whoever creates a bucket owns it and what is in it. */
export interface Owner {
  readonly id: string;
  readonly displayName: string;
}

/** The word at a stored position; a position that this version does not know is refused. */
export function wordAt<Word extends string>(words: readonly Word[], position: number): Word {
  const word = words[position];
  if (word === undefined) throw new RangeError(`stored word ${position} of ${words.join(', ')}`);
  return word;
}
