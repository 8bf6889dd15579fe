// What a client is made of.
import type { Hashes } from '@osskeep/protocol';
import type { Addressing } from '../requests/address.ts';
import type { Fetch } from '../requests/fetch.ts';
import type { RetryOptions } from '../sending/retry.ts';
import type { Credentials, CredentialsProvider } from '../signing/credentials.ts';
import type { Clock } from '../time/clock.ts';

export interface OssClientOptions {
  /**
   * `https://oss-cn-hangzhou.aliyuncs.com`, `http://127.0.0.1:6770`. https without a scheme, http on
   * this machine itself (localhost, 127.x.x.x, ::1).
   */
  readonly endpoint: string;
  /** Region id the signature is made for, `cn-hangzhou`. */
  readonly region: string;
  /** The bucket of calls that name none. */
  readonly bucket?: string | undefined;
  /** A pair, or a provider that is asked again ahead of the end. */
  readonly credentials: Credentials | CredentialsProvider;
  /** The endpoint is a domain bound to the bucket. The signature covers the bucket all the same. */
  readonly cname?: boolean | undefined;
  /** `auto`: path style for IP addresses and localhost, the bucket in the host elsewhere. */
  readonly addressing?: Addressing | undefined;
  /** `v4` when absent. */
  readonly signatureVersion?: 'v4' | 'v1' | undefined;
  /** `oss` when absent. */
  readonly product?: string | undefined;
  readonly clock?: Clock | undefined;
  /** The platform's when absent. `nodeFetch` of `@osskeep/client/node` is faster in Node. */
  readonly fetch?: Fetch | undefined;
  readonly hashes?: Hashes | undefined;
  readonly retry?: RetryOptions | undefined;
  /**
   * ms an attempt waits while nothing moves: for the answer, for the next chunk. 60,000 when absent, 0 =
   * for ever. A body at hand gets 1 s more for each 64 kB.
   */
  readonly timeoutMs?: number | undefined;
  /** CRC-64 of uploads and whole downloads is compared; on unless switched off. */
  readonly checkIntegrity?: boolean | undefined;
}
