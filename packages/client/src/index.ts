// The isomorphic SDK: Node, browsers, edge runtimes. File helpers are in `@osskeep/client/node`.

export type {
  BucketAclWord,
  CertificateConfiguration,
  CnameInfo,
  CnameToken,
  CorsConfiguration,
  CorsMethod,
  CorsRule,
  DeleteMarker,
  ObjectAclWord,
  ObjectVersion,
  VersionEntry,
  VersioningWord,
} from '@osskeep/protocol';
export { OssError } from '@osskeep/protocol';
export type { Addressing, Target } from './address.ts';
export type { StreamBody, UploadBody } from './body.ts';
export type { CallOptions } from './call-options.ts';
export { OssClient } from './client.ts';
export type {
  GotObject,
  OssClientOptions,
  PutBucketOptions,
  PutObjectOptions,
} from './client-options.ts';
export type { Clock } from './clock.ts';
export {
  type Credentials,
  type CredentialsProvider,
  environmentCredentials,
} from './credentials.ts';
export { DownloadBody } from './download.ts';
export {
  ClientError,
  type ClientProblem,
  IntegrityError,
  TransportError,
  type TransportProblem,
} from './errors.ts';
export type { PresignMethod, PresignOptions, ResponseHeaders, SignedUrl } from './presign.ts';
export type { RetryOptions } from './retry.ts';
export type { CorsRuleOptions, PutBucketCorsOptions } from './setting-calls.ts';
export type { Fetch, FetchInit } from './transport.ts';
