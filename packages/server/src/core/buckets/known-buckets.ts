// Buckets that were read lately. Two rows say whether one is still the same: its guard, whose stamp changes
// with each of its documents, and the guard of its owner's account.
import type { CoreContext } from '../context/context.ts';
import { LatelyUsed } from '../context/lately-used.ts';
import type { KnownRow, RequestView } from '../context/request-view.ts';
import { accountGuardKey, bucketGuardKey } from '../keys/configuration-keys.ts';
import { inOwnMemory } from '../keys/own-memory.ts';
import type { Eventually } from '../ports/eventually.ts';
import { decodeBucketGuard } from '../records/bucket-guard.ts';
import { type Bucket, type BucketIdentity, identityOf, readBucket } from './bucket.ts';

export interface KnownBucket {
  readonly rows: readonly KnownRow[];
  /** undefined: there was none. */
  readonly bucket: Bucket | undefined;
}

export class KnownBuckets {
  readonly #core: CoreContext;
  readonly #buckets: LatelyUsed<KnownBucket>;

  constructor(core: CoreContext) {
    this.#core = core;
    this.#buckets = new LatelyUsed(core.settings.knownRecordsMax);
  }

  /** Its rows are for a view to ask for; the bucket is not to be believed before. */
  known(name: string): KnownBucket | undefined {
    return this.#buckets.get(name);
  }

  /** As of the view or later; undefined when there is none. */
  find(at: RequestView, name: string): Eventually<Bucket | undefined> {
    const known = this.#buckets.get(name);
    if (known === undefined) return this.#read(at, name);
    if (known.rows.every((row) => at.found(row) === 'unchanged')) return known.bucket;
    const [guard] = known.rows;
    const found = guard && at.found(guard);
    if (found === null) return this.#keep(at, name, undefined);
    const isNew = found !== undefined && found !== 'unchanged';
    const likely = isNew
      ? decodeBucketGuard(found.value)
      : known.bucket && identityOf(known.bucket);
    return this.#read(at, name, likely);
  }

  async #read(at: RequestView, name: string, likely?: BucketIdentity): Promise<Bucket | undefined> {
    const { metadata, settings } = this.#core;
    const read = await readBucket(metadata, name, settings.blockPublicAccess, likely);
    if (read === undefined) return this.#keep(at, name, undefined);
    const { bucket, accountStamp } = read;
    const account = { key: inOwnMemory(accountGuardKey(bucket.owner.id)), known: accountStamp };
    return this.#keep(at, name, bucket, account);
  }

  #keep(
    at: RequestView,
    name: string,
    bucket: Bucket | undefined,
    ...others: readonly KnownRow[]
  ): Bucket | undefined {
    const key = bucket?.guardKey ?? inOwnMemory(bucketGuardKey(name));
    const rows = [{ key, known: bucket?.guardStamp }, ...others];
    this.#buckets.set(name, { rows, bucket });
    for (const row of rows) at.add(row);
    return bucket;
  }
}
