// The isomorphic SDK: Node, browsers, edge runtimes. File helpers are in `@osskeep/client/node`.

export type {
  BucketAclWord,
  CertificateConfiguration,
  CnameInfo,
  CnameToken,
  CorsConfiguration,
  CorsMethod,
  CorsRule,
  DeleteBucketTagsInput,
  DeleteMarker,
  ObjectAclWord,
  ObjectVersion,
  Tag,
  Tagging,
  VersionEntry,
  VersioningWord,
} from '@osskeep/protocol';
export { OssError } from '@osskeep/protocol';
export type { StreamBody, UploadBody } from './bodies/body.ts';
export { DownloadBody } from './bodies/download.ts';
export type { OssClientOptions } from './calling/client-options.ts';
export type { PutBucketOptions } from './calls/buckets.ts';
export type { CorsRuleOptions, PutBucketCorsOptions } from './calls/cors.ts';
export type { GotObject, PutObjectOptions } from './calls/objects.ts';
export { OssClient } from './client.ts';
export {
  ClientError,
  type ClientProblem,
  IntegrityError,
  TransportError,
  type TransportProblem,
} from './errors/errors.ts';
export type { Addressing, Target } from './requests/address.ts';
export type { CallOptions } from './requests/call-options.ts';
export type { Fetch, FetchInit } from './requests/fetch.ts';
export type { RetryOptions } from './sending/retry.ts';
export {
  type Credentials,
  type CredentialsProvider,
  environmentCredentials,
} from './signing/credentials.ts';
export type {
  PresignMethod,
  PresignOptions,
  ResponseHeaders,
  SignedUrl,
} from './signing/presign.ts';
export type { Clock } from './time/clock.ts';
