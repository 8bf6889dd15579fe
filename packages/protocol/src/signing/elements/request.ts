// The part of a request that signatures cover, already decoded once: signer and verifier build the
// same canonical text from it.
import type { HeaderPairs, QueryPairs } from '../../http/pairs.ts';

export interface SignableRequest {
  readonly method: string;
  /** The bucket the host or path stands for, also under a custom domain; absent: service level. */
  readonly bucket?: string | undefined;
  /** The object's key, decoded; absent: bucket level. */
  readonly key?: string | undefined;
  readonly query: QueryPairs;
  readonly headers: HeaderPairs;
}
