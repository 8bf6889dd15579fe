// What a verified signature proves, and the ways in which single official SDKs are known to sign
// differently (signing reference §1.9, §3.5).
import type { Hashes } from '../../checksum/hashes.ts';
import type { SigningKeyCache } from '../elements/signing-key.ts';

export type Fallback =
  | 'keep "=" of empty values'
  | 'locale order of names'
  | 'Date before x-oss-date'
  | 'x-oss-* query unsigned'
  | 'token header unsigned'
  | 'sort name=value strings';

export interface Match {
  /** null: the signature is as the specification has it. */
  readonly fallback: Fallback | null;
  /**
   * Query names on the request that the accepted signature does not cover and should: the server
   * removes them before it chooses an operation (choices row 7). V1 never covers names that it
   * does not list (`prefix`, `marker`, unknown ones); these are not meant. Headers need no such
   * list: every accepted form covers all `x-oss-*` headers but the token's, which is exempt.
   */
  readonly unsignedQuery: readonly string[];
}

export interface SignatureTools {
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
}

export const strictMatch: Match = { fallback: null, unsignedQuery: [] };
