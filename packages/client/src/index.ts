// The isomorphic SDK: Node, browsers, edge runtimes. File helpers are in `@osskeep/client/node`.
export type { Addressing, Target } from './address.ts';
export type { UploadBody } from './body.ts';
export {
  type CallOptions,
  type GotObject,
  OssClient,
  type OssClientOptions,
  type PutObjectOptions,
} from './client.ts';
export type { Clock } from './clock.ts';
export {
  type Credentials,
  type CredentialsProvider,
  environmentCredentials,
} from './credentials.ts';
export { DownloadBody } from './download.ts';
export { ClientError, IntegrityError, TransportError } from './errors.ts';
export type { PresignMethod, PresignOptions, SignedUrl } from './presign.ts';
export type { RetryOptions } from './retry.ts';
export type { Fetch } from './transport.ts';
export { OssError } from '@osskeep/protocol';
