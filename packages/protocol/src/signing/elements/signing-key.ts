// The V4 signing key: a chain of HMACs over day, region and product (signing reference §1.7). It is
// the same for all requests of a key on one day, so it is kept.
import type { Hashes } from '../../checksum/hashes.ts';
import { v4Suffix } from './names.ts';
import { isSameScope, type Scope } from './scope.ts';

export function deriveSigningKey(secret: string, scope: Scope, hashes: Hashes): Uint8Array {
  const byDate = hashes.hmacSha256(`aliyun_v4${secret}`, scope.date);
  const byRegion = hashes.hmacSha256(byDate, scope.region);
  const byProduct = hashes.hmacSha256(byRegion, scope.product);
  return hashes.hmacSha256(byProduct, v4Suffix);
}

interface KeptKey extends Scope {
  readonly secret: string;
  readonly key: Uint8Array;
}

export const signingKeysMax = 1_000;

/**
 * Derived keys by secret and scope; the oldest goes when it is full. A verifier checks the scope
 * before it asks, or strangers could fill the cache with scopes of their own.
 */
export class SigningKeyCache {
  readonly #keys = new Map<string, Uint8Array>();
  #last: KeptKey | undefined;

  get size(): number {
    return this.#keys.size;
  }

  get(secret: string, scope: Scope, hashes: Hashes): Uint8Array {
    const last = this.#last;
    // Most requests are signed with the key of the one before.
    if (last?.secret === secret && isSameScope(last, scope)) return last.key;
    const key = this.#named(secret, scope, hashes);
    const { date, region, product } = scope;
    this.#last = { secret, date, region, product, key };
    return key;
  }

  #named(secret: string, scope: Scope, hashes: Hashes): Uint8Array {
    const name = `${scope.date}\0${scope.region}\0${scope.product}\0${secret}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = deriveSigningKey(secret, scope, hashes);
    if (this.#keys.size >= signingKeysMax) {
      const oldest = this.#keys.keys().next();
      if (!oldest.done) this.#keys.delete(oldest.value);
    }
    this.#keys.set(name, key);
    return key;
  }
}
