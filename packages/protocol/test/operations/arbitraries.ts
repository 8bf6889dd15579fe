// Every input and output an operation can have, for the round-trip property. A record over the names:
// an operation without an entry does not compile.
import fc from 'fast-check';
import type {
  BucketInfo,
  BucketSummary,
  CommonPrefix,
  ConditionHeaders,
  ObjectHeaders,
  ObjectSummary,
  SystemHeaders,
} from '../../src/operations/index.ts';
import {
  type Arbitraries,
  body,
  bucketAcl,
  crc64,
  etag,
  headerText,
  type InputOf,
  key,
  maxKeys,
  maybe,
  md5,
  metadata,
  nothing,
  type OutputOf,
  objectAcl,
  objectType,
  of,
  onOff,
  owner,
  type Parts,
  redundancy,
  seconds,
  size,
  storageClass,
  url,
  versionId,
  word,
} from './arbitrary-parts.ts';
import { settingArbitraries } from './setting-arbitraries.ts';

const systemHeaders: Parts<SystemHeaders> = {
  contentType: maybe(headerText),
  cacheControl: maybe(headerText),
  contentDisposition: maybe(headerText),
  contentEncoding: maybe(headerText),
  contentLanguage: maybe(headerText),
  expires: maybe(headerText),
};

const objectHeaders: Parts<ObjectHeaders> = {
  ...systemHeaders,
  contentLength: maybe(size),
  etag: maybe(etag),
  lastModified: maybe(seconds),
  objectType: maybe(objectType),
  storageClass: maybe(storageClass),
  crc64: maybe(crc64),
  contentMd5: maybe(md5),
  versionId: maybe(versionId),
  acceptRanges: maybe(fc.constant('bytes')),
  metadata,
};

const conditions: Parts<ConditionHeaders> = {
  ifMatch: maybe(headerText),
  ifNoneMatch: maybe(headerText),
  ifModifiedSince: maybe(headerText),
  ifUnmodifiedSince: maybe(headerText),
};

const bucketSummary = of<BucketSummary>({
  name: word,
  creationDate: seconds,
  location: word,
  region: maybe(word),
  storageClass,
  extranetEndpoint: word,
  intranetEndpoint: word,
  resourceGroupId: maybe(word),
  comment: maybe(key),
});

const bucketInfo = of<BucketInfo>({
  name: word,
  location: word,
  creationDate: seconds,
  storageClass,
  dataRedundancyType: redundancy,
  extranetEndpoint: word,
  intranetEndpoint: word,
  owner,
  acl: bucketAcl,
  resourceGroupId: maybe(word),
  accessMonitor: maybe(onOff),
  transferAcceleration: maybe(onOff),
  crossRegionReplication: maybe(onOff),
  versioning: maybe(fc.constantFrom('Enabled', 'Suspended')),
  encryption: of<BucketInfo['encryption']>({
    sseAlgorithm: fc.constantFrom('None', 'AES256', 'KMS', 'SM4'),
    kmsMasterKeyId: maybe(word),
    kmsDataEncryption: maybe(word),
  }),
  logging: of<BucketInfo['logging']>({ bucket: maybe(word), prefix: maybe(word) }),
  blockPublicAccess: maybe(fc.boolean()),
  comment: maybe(key),
  hierarchicalNamespace: maybe(onOff),
  region: maybe(word),
});

const objectSummary = of<ObjectSummary>({
  key,
  lastModified: seconds,
  etag,
  type: objectType,
  size,
  storageClass,
  owner: maybe(owner),
  restoreInfo: maybe(fc.constant('ongoing-request="true"')),
  transitionTime: maybe(seconds),
});
const contents = fc.array(objectSummary, { maxLength: 3 });
const commonPrefixes = fc.array(of<CommonPrefix>({ prefix: key }), { maxLength: 3 });

export const arbitraries: Arbitraries = {
  ListBuckets: {
    input: of<InputOf<'ListBuckets'>>({
      prefix: maybe(key),
      marker: maybe(key),
      maxKeys: maybe(fc.integer({ min: 1, max: 1000 })),
    }),
    output: of<OutputOf<'ListBuckets'>>({
      prefix: maybe(key),
      marker: maybe(key),
      maxKeys: maybe(maxKeys),
      isTruncated: maybe(fc.boolean()),
      nextMarker: maybe(key),
      owner,
      buckets: fc.array(bucketSummary, { maxLength: 3 }),
    }),
  },
  PutBucket: {
    input: of<InputOf<'PutBucket'>>({
      acl: maybe(bucketAcl),
      configuration: maybe(
        of<NonNullable<InputOf<'PutBucket'>['configuration']>>({
          storageClass: maybe(storageClass),
          dataRedundancyType: maybe(redundancy),
          locationConstraint: maybe(word),
        }),
      ),
    }),
    output: of<OutputOf<'PutBucket'>>({ location: maybe(headerText) }),
  },
  HeadBucket: {
    input: nothing,
    output: of<OutputOf<'HeadBucket'>>({ region: maybe(word) }),
  },
  DeleteBucket: { input: nothing, output: nothing },
  GetBucketInfo: {
    input: nothing,
    output: of<OutputOf<'GetBucketInfo'>>({ bucket: bucketInfo }),
  },
  GetBucketLocation: {
    input: nothing,
    output: of<OutputOf<'GetBucketLocation'>>({ location: word }),
  },
  ListObjects: {
    input: of<InputOf<'ListObjects'>>({
      prefix: maybe(key),
      delimiter: maybe(key),
      marker: maybe(key),
      maxKeys: maybe(maxKeys),
      encodingType: maybe(url),
    }),
    output: of<OutputOf<'ListObjects'>>({
      name: word,
      prefix: maybe(key),
      marker: maybe(key),
      maxKeys,
      delimiter: maybe(key),
      encodingType: maybe(url),
      isTruncated: fc.boolean(),
      nextMarker: maybe(key),
      contents,
      commonPrefixes,
    }),
  },
  ListObjectsV2: {
    input: of<InputOf<'ListObjectsV2'>>({
      prefix: maybe(key),
      delimiter: maybe(key),
      startAfter: maybe(key),
      continuationToken: maybe(key),
      maxKeys: maybe(maxKeys),
      fetchOwner: maybe(fc.boolean()),
      encodingType: maybe(url),
    }),
    output: of<OutputOf<'ListObjectsV2'>>({
      name: word,
      prefix: maybe(key),
      startAfter: maybe(key),
      continuationToken: maybe(key),
      maxKeys,
      delimiter: maybe(key),
      encodingType: maybe(url),
      isTruncated: fc.boolean(),
      nextContinuationToken: maybe(key),
      keyCount: maxKeys,
      contents,
      commonPrefixes,
    }),
  },
  PutObject: {
    input: of<InputOf<'PutObject'>>({
      ...systemHeaders,
      body,
      contentLength: maybe(size),
      contentMd5: maybe(md5),
      crc64: maybe(crc64),
      objectAcl: maybe(objectAcl),
      storageClass: maybe(storageClass),
      forbidOverwrite: maybe(fc.boolean()),
      metadata,
    }),
    output: of<OutputOf<'PutObject'>>({
      etag: maybe(etag),
      contentMd5: maybe(md5),
      crc64: maybe(crc64),
      versionId: maybe(versionId),
    }),
  },
  GetObject: {
    input: of<InputOf<'GetObject'>>({
      ...conditions,
      versionId: maybe(versionId),
      range: maybe(headerText),
      rangeBehavior: maybe(fc.constantFrom('standard' as const)),
      responseContentType: maybe(headerText),
      responseContentLanguage: maybe(headerText),
      responseExpires: maybe(headerText),
      responseCacheControl: maybe(headerText),
      responseContentDisposition: maybe(headerText),
      responseContentEncoding: maybe(headerText),
    }),
    output: of<OutputOf<'GetObject'>>({
      ...objectHeaders,
      body,
      contentRange: maybe(fc.constant('bytes 0-9/10')),
      forceDownload: maybe(fc.boolean()),
    }),
  },
  HeadObject: {
    input: of<InputOf<'HeadObject'>>({ ...conditions, versionId: maybe(versionId) }),
    output: of<OutputOf<'HeadObject'>>(objectHeaders),
  },
  GetObjectMeta: {
    input: of<InputOf<'GetObjectMeta'>>({ versionId: maybe(versionId) }),
    output: of<OutputOf<'GetObjectMeta'>>({
      contentLength: maybe(size),
      etag: maybe(etag),
      lastModified: maybe(seconds),
      crc64: maybe(crc64),
      versionId: maybe(versionId),
    }),
  },
  DeleteObject: {
    input: of<InputOf<'DeleteObject'>>({ versionId: maybe(versionId) }),
    output: of<OutputOf<'DeleteObject'>>({
      versionId: maybe(versionId),
      deleteMarker: maybe(fc.boolean()),
    }),
  },
  ...settingArbitraries,
};
