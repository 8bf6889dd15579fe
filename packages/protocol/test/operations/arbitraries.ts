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
  OperationName,
  Operations,
  OwnerInfo,
  SystemHeaders,
} from '../../src/operations/index.ts';
import type { Operation } from '../../src/operations/operation.ts';

type Definition<Name extends OperationName> = Operations[Name];
export type InputOf<Name extends OperationName> =
  Definition<Name> extends Operation<Name, infer Input, infer _> ? Input : never;
export type OutputOf<Name extends OperationName> =
  Definition<Name> extends Operation<Name, infer _, infer Output> ? Output : never;

/** An arbitrary for each property: one that is forgotten does not compile. */
type Parts<T> = { readonly [K in keyof T]-?: fc.Arbitrary<T[K]> };

function of<T extends object>(parts: Parts<T>): fc.Arbitrary<T> {
  return fc.record(parts as Record<string, fc.Arbitrary<unknown>>) as fc.Arbitrary<T>;
}

const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined });

const awkward = fc.constantFrom(
  '+',
  '%',
  '%2F',
  '/',
  '&',
  '<',
  '>',
  '"',
  "'",
  ' ',
  '=',
  '?',
  '#',
  ';',
  ',',
  ']]>',
  '中文',
  '\u{1F600}',
  'é',
  '\u00a0',
  '\\',
  '..',
);
const control = fc.constantFrom('\x01', '\x07', '\n', '\r', '\r\n', '\t', '\x0c', '\x1f', '\x7f');
const join = (parts: readonly string[]): string => parts.join('');

/** Text for a header: no control characters. */
const headerText = fc
  .array(fc.oneof(awkward, fc.string({ minLength: 1, maxLength: 6 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map(join);
/** Keys, prefixes, owners' names: anything but NUL. */
const key = fc
  .array(fc.oneof(awkward, control, fc.string({ unit: 'binary', minLength: 1, maxLength: 6 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => join(parts).replaceAll('\0', '0'));
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,30}$/);
const seconds = fc.integer({ min: 0, max: 253_402_300_799 }).map((count) => count * 1000);
const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const crc64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const etag = fc.stringMatching(/^[0-9A-F]{32}(-[1-9][0-9]{0,4})?$/);
const md5 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const versionId = fc.oneof(fc.constant('null'), fc.stringMatching(/^[A-Za-z0-9._-]{64}$/));
const storageClass = fc.constantFrom('Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive');
const redundancy = fc.constantFrom('LRS', 'ZRS');
const bucketAcl = fc.constantFrom('private', 'public-read', 'public-read-write');
const objectAcl = fc.constantFrom('default', 'private', 'public-read', 'public-read-write');
const objectType = fc.constantFrom('Normal', 'Multipart', 'Appendable', 'Symlink');
const onOff = fc.constantFrom('Enabled', 'Disabled');
const url = fc.constantFrom('url' as const);
const body = fc.uint8Array({ maxLength: 64 });
const maxKeys = fc.integer({ min: 0, max: 1000 });

const metadata = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z0-9-]{1,12}$/), headerText), {
    selector: ([name]) => name,
    maxLength: 4,
  })
  .map((pairs) => Object.fromEntries(pairs));

const owner = of<OwnerInfo>({ id: key, displayName: key });

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

const nothing = fc.constant({});

type Arbitraries = {
  readonly [Name in OperationName]: {
    readonly input: fc.Arbitrary<InputOf<Name>>;
    readonly output: fc.Arbitrary<OutputOf<Name>>;
  };
};

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
};
