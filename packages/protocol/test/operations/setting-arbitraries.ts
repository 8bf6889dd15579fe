// The inputs and outputs of versions, access, custom domains and cross-origin rules.
import fc from 'fast-check';
import type {
  CertificateConfiguration,
  CnameCertificate,
  CnameInfo,
  CommonPrefix,
  CorsRule,
  DeleteMarker,
  ObjectVersion,
} from '../../src/index.ts';
import {
  type Arbitraries,
  bucketAcl,
  etag,
  headerText,
  type InputOf,
  key,
  maxKeys,
  maybe,
  nothing,
  type OutputOf,
  objectAcl,
  objectType,
  of,
  owner,
  seconds,
  size,
  storageClass,
  url,
  versionId,
  word,
} from './arbitrary-parts.ts';

const versioning = fc.constantFrom('Enabled', 'Suspended');

const objectVersion = of<ObjectVersion>({
  kind: fc.constant('Version'),
  key,
  versionId,
  isLatest: fc.boolean(),
  lastModified: seconds,
  etag,
  type: objectType,
  size,
  storageClass,
  owner,
  restoreInfo: maybe(fc.constant('ongoing-request="true"')),
  transitionTime: maybe(seconds),
});

const deleteMarker = of<DeleteMarker>({
  kind: fc.constant('DeleteMarker'),
  key,
  versionId,
  isLatest: fc.boolean(),
  lastModified: seconds,
  owner,
});

/** A version's marker goes with a key's. */
const markers = fc.oneof(
  fc.constant({}),
  fc.record({ keyMarker: key, versionIdMarker: maybe(versionId) }),
);

const page = of<Omit<InputOf<'ListObjectVersions'>, 'keyMarker' | 'versionIdMarker'>>({
  prefix: maybe(key),
  delimiter: maybe(key),
  maxKeys: maybe(maxKeys),
  encodingType: maybe(url),
});

const publicAccessBlock = of<InputOf<'PutPublicAccessBlock'>>({ blockPublicAccess: fc.boolean() });

const domain = fc
  .array(fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/), { minLength: 1, maxLength: 4 })
  .map((labels) => [...labels, 'test'].join('.'));

const pem = fc
  .array(fc.stringMatching(/^[A-Za-z0-9+/=-]{0,64}$/), { minLength: 1, maxLength: 5 })
  .map((lines) => `-----BEGIN X-----\n${lines.join('\n')}\n-----END X-----\n`);

const certificateConfiguration = of<CertificateConfiguration>({
  certId: maybe(word),
  certificate: maybe(pem),
  privateKey: maybe(pem),
  previousCertId: maybe(word),
  force: maybe(fc.boolean()),
  deleteCertificate: maybe(fc.boolean()),
});

const cnameInput = of<InputOf<'DeleteCname'>>({ domain });
const cnameToken = of<OutputOf<'GetCnameToken'>>({
  bucket: word,
  cname: domain,
  token: word,
  expireTime: seconds,
});

const cname = of<CnameInfo>({
  domain,
  lastModified: seconds,
  status: fc.constantFrom('Enabled', 'Disabled'),
  certificate: maybe(
    of<CnameCertificate>({
      type: fc.constantFrom('CAS', 'Upload'),
      certId: word,
      status: fc.constantFrom('Enabled', 'Disabled'),
      creationDate: maybe(seconds),
      fingerprint: maybe(fc.stringMatching(/^[0-9A-F]{2}(:[0-9A-F]{2}){19}$/)),
      validStartDate: maybe(seconds),
      validEndDate: maybe(seconds),
    }),
  ),
});

/** Elements are read without white space around them. */
const corsText = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const corsMethod = fc.constantFrom('GET', 'PUT', 'DELETE', 'POST', 'HEAD');
const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 3 });

const corsConfiguration = of<InputOf<'PutBucketCors'>>({
  rules: some(
    of<CorsRule>({
      allowedOrigins: some(corsText),
      allowedMethods: some(corsMethod),
      allowedHeaders: some(corsText),
      exposeHeaders: some(corsText),
      maxAgeSeconds: maybe(fc.integer({ min: 0, max: 999_999_999 })),
    }),
  ),
  responseVary: maybe(fc.boolean()),
});

const headerNames = maybe(fc.array(word, { minLength: 1, maxLength: 4 }));
const preflight = {
  input: of<InputOf<'OptionObject'>>({
    origin: maybe(headerText),
    requestMethod: maybe(headerText),
    requestHeaders: maybe(headerText),
  }),
  output: of<OutputOf<'OptionObject'>>({
    allowOrigin: maybe(headerText),
    allowMethods: maybe(fc.array(corsMethod, { minLength: 1, maxLength: 5 })),
    allowHeaders: headerNames,
    exposeHeaders: headerNames,
    maxAgeSeconds: maybe(size),
    vary: maybe(fc.constant('Origin')),
  }),
};

export const settingArbitraries: Pick<
  Arbitraries,
  | 'PutBucketVersioning'
  | 'GetBucketVersioning'
  | 'ListObjectVersions'
  | 'PutBucketAcl'
  | 'GetBucketAcl'
  | 'PutObjectAcl'
  | 'GetObjectAcl'
  | 'PutBucketPublicAccessBlock'
  | 'GetBucketPublicAccessBlock'
  | 'DeleteBucketPublicAccessBlock'
  | 'PutPublicAccessBlock'
  | 'GetPublicAccessBlock'
  | 'DeletePublicAccessBlock'
  | 'PutCname'
  | 'DeleteCname'
  | 'ListCname'
  | 'CreateCnameToken'
  | 'GetCnameToken'
  | 'PutBucketCors'
  | 'GetBucketCors'
  | 'DeleteBucketCors'
  | 'OptionObject'
  | 'OptionBucket'
> = {
  PutBucketVersioning: {
    input: of<InputOf<'PutBucketVersioning'>>({ status: versioning }),
    output: nothing,
  },
  GetBucketVersioning: {
    input: nothing,
    output: of<OutputOf<'GetBucketVersioning'>>({ status: maybe(versioning) }),
  },
  ListObjectVersions: {
    input: fc.tuple(page, markers).map(([given, marker]) => ({ ...given, ...marker })),
    output: of<OutputOf<'ListObjectVersions'>>({
      name: word,
      prefix: maybe(key),
      keyMarker: maybe(key),
      versionIdMarker: maybe(versionId),
      nextKeyMarker: maybe(key),
      nextVersionIdMarker: maybe(versionId),
      maxKeys,
      delimiter: maybe(key),
      encodingType: maybe(url),
      isTruncated: fc.boolean(),
      entries: fc.array(fc.oneof(objectVersion, deleteMarker), { maxLength: 6 }),
      commonPrefixes: some(of<CommonPrefix>({ prefix: key })),
    }),
  },
  PutBucketAcl: {
    input: of<InputOf<'PutBucketAcl'>>({ acl: bucketAcl }),
    output: of<OutputOf<'PutBucketAcl'>>({ location: maybe(headerText) }),
  },
  GetBucketAcl: {
    input: nothing,
    output: of<OutputOf<'GetBucketAcl'>>({ owner, grant: bucketAcl }),
  },
  PutObjectAcl: {
    input: of<InputOf<'PutObjectAcl'>>({ versionId: maybe(versionId), acl: objectAcl }),
    output: of<OutputOf<'PutObjectAcl'>>({ versionId: maybe(versionId) }),
  },
  GetObjectAcl: {
    input: of<InputOf<'GetObjectAcl'>>({ versionId: maybe(versionId) }),
    output: of<OutputOf<'GetObjectAcl'>>({ versionId: maybe(versionId), owner, grant: objectAcl }),
  },
  PutBucketPublicAccessBlock: { input: publicAccessBlock, output: nothing },
  GetBucketPublicAccessBlock: { input: nothing, output: publicAccessBlock },
  DeleteBucketPublicAccessBlock: { input: nothing, output: nothing },
  PutPublicAccessBlock: { input: publicAccessBlock, output: nothing },
  GetPublicAccessBlock: { input: nothing, output: publicAccessBlock },
  DeletePublicAccessBlock: { input: nothing, output: nothing },
  PutCname: {
    input: of<InputOf<'PutCname'>>({
      domain,
      certificateConfiguration: maybe(certificateConfiguration),
    }),
    output: nothing,
  },
  DeleteCname: { input: cnameInput, output: nothing },
  ListCname: {
    input: nothing,
    output: of<OutputOf<'ListCname'>>({ bucket: word, owner: word, cnames: some(cname) }),
  },
  CreateCnameToken: { input: cnameInput, output: cnameToken },
  GetCnameToken: { input: cnameInput, output: cnameToken },
  PutBucketCors: { input: corsConfiguration, output: nothing },
  GetBucketCors: { input: nothing, output: corsConfiguration },
  DeleteBucketCors: { input: nothing, output: nothing },
  OptionObject: preflight,
  OptionBucket: preflight,
};
