// GET /bucket?bucketInfo (operations reference T0-05, §4.3).

import type { Operation } from '../definition/operation.ts';
import { type OwnerInfo, owner } from '../documents/owner.ts';
import { nothing } from '../fields/fields.ts';
import { booleanText, isoDate, oneOf, text } from '../forms/forms.ts';
import {
  type BucketAclWord,
  bucketAcl,
  type RedundancyWord,
  redundancy,
  type StorageClassWord,
  storageClass,
  type VersioningWord,
  versioning,
} from '../forms/words.ts';
import {
  document,
  inside,
  literal,
  maybe,
  object,
  one,
  orElse,
  orEmpty,
  type Shape,
  value,
} from '../shapes/shape.ts';

const switchWords = ['Enabled', 'Disabled'] as const;
type SwitchWord = (typeof switchWords)[number];

/** Unset fields carry the text `None`, which clients take for empty (operations reference §4.3). */
export interface EncryptionRule {
  sseAlgorithm: string;
  kmsMasterKeyId?: string | undefined;
  kmsDataEncryption?: string | undefined;
}

export interface BucketInfo {
  name: string;
  /** `oss-cn-hangzhou`. */
  location: string;
  /** ms since the epoch, whole seconds. */
  creationDate: number;
  storageClass: StorageClassWord;
  dataRedundancyType: RedundancyWord;
  extranetEndpoint: string;
  intranetEndpoint: string;
  owner: OwnerInfo;
  acl: BucketAclWord;
  resourceGroupId?: string | undefined;
  accessMonitor?: SwitchWord | undefined;
  transferAcceleration?: SwitchWord | undefined;
  crossRegionReplication?: SwitchWord | undefined;
  /** Absent until it was set once. */
  versioning?: VersioningWord | undefined;
  encryption: EncryptionRule;
  logging: { bucket?: string | undefined; prefix?: string | undefined };
  blockPublicAccess?: boolean | undefined;
  comment?: string | undefined;
  hierarchicalNamespace?: SwitchWord | undefined;
  /** `cn-hangzhou`. */
  region?: string | undefined;
}

export interface GetBucketInfoOutput {
  bucket: BucketInfo;
}

const switchForm = oneOf(switchWords);

const info: Shape<BucketInfo> = object<BucketInfo>({
  accessMonitor: maybe('AccessMonitor', value(switchForm)),
  blockPublicAccess: maybe('BlockPublicAccess', value(booleanText())),
  comment: maybe('Comment', literal),
  creationDate: one('CreationDate', value(isoDate)),
  crossRegionReplication: maybe('CrossRegionReplication', value(switchForm)),
  dataRedundancyType: one('DataRedundancyType', value(redundancy)),
  extranetEndpoint: one('ExtranetEndpoint', value(text)),
  hierarchicalNamespace: maybe('HierarchicalNamespace', value(switchForm)),
  intranetEndpoint: one('IntranetEndpoint', value(text)),
  location: one('Location', value(text)),
  name: one('Name', value(text)),
  region: maybe('Region', value(text)),
  resourceGroupId: maybe('ResourceGroupId', value(text)),
  storageClass: one('StorageClass', value(storageClass)),
  transferAcceleration: maybe('TransferAcceleration', value(switchForm)),
  versioning: maybe('Versioning', value(versioning)),
  owner: one('Owner', owner),
  acl: inside('AccessControlList', one('Grant', value(bucketAcl))),
  encryption: orElse(
    'ServerSideEncryptionRule',
    object<EncryptionRule>({
      sseAlgorithm: one('SSEAlgorithm', value(text)),
      kmsMasterKeyId: maybe('KMSMasterKeyID', value(text)),
      kmsDataEncryption: maybe('KMSDataEncryption', value(text)),
    }),
    { sseAlgorithm: 'None' },
  ),
  logging: orElse(
    'BucketPolicy',
    object<BucketInfo['logging']>({
      bucket: orEmpty('LogBucket', value(text)),
      prefix: orEmpty('LogPrefix', value(text)),
    }),
    {},
  ),
});

/** Everything about a bucket in one answer. */
export const getBucketInfo: Operation<
  'GetBucketInfo',
  Record<never, never>,
  GetBucketInfoOutput
> = {
  name: 'GetBucketInfo',
  route: { method: 'GET', on: 'bucket', query: { bucketInfo: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: document<GetBucketInfoOutput>(
    'BucketInfo',
    object<GetBucketInfoOutput>({ bucket: one('Bucket', info) }),
  ),
};
