// The buckets of a store.
import { noSuchBucket } from '@osskeep/protocol';
import type { CoreContext } from '../context/context.ts';
import type { RequestView } from '../context/request-view.ts';
import type { Eventually } from '../ports/eventually.ts';
import type { Owner, Versioning } from '../records/model.ts';
import type { Bucket } from './bucket.ts';
import { type BucketStat, readBucketStat } from './counters.ts';
import { type CreateBucket, createBucket } from './create-bucket.ts';
import { deleteBucket } from './delete-bucket.ts';
import { type KnownBucket, KnownBuckets } from './known-buckets.ts';
import { type BucketPage, type ListBuckets, listBuckets } from './list-buckets.ts';
import { setVersioning } from './set-versioning.ts';

export class Buckets {
  readonly #core: CoreContext;
  readonly #known: KnownBuckets;

  constructor(core: CoreContext) {
    this.#core = core;
    this.#known = new KnownBuckets(core);
  }

  /** What is known of a name, for a view to ask for. */
  known(name: string): KnownBucket | undefined {
    return this.#known.known(name);
  }

  /** As of the view or later; undefined when there is none. */
  find(at: RequestView, name: string): Eventually<Bucket | undefined> {
    return this.#known.find(at, name);
  }

  /** Throws NoSuchBucket. */
  async get(at: RequestView, name: string): Promise<Bucket> {
    const bucket = await this.find(at, name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }

  /** `created` is false when the owner had it already. The name is the caller's to validate. */
  create(name: string, owner: Owner, wish: CreateBucket = {}): Promise<{ created: boolean }> {
    return createBucket(this.#core, name, owner, wish);
  }

  /** Throws BucketNotEmpty while anything is in it. */
  delete(bucket: Bucket): Promise<void> {
    return deleteBucket(this.#core, bucket);
  }

  list(ownerId: string, query: ListBuckets): Promise<BucketPage> {
    return listBuckets(this.#core, ownerId, query);
  }

  setVersioning(bucket: Bucket, versioning: Exclude<Versioning, 'never'>): Promise<void> {
    return setVersioning(this.#core, bucket, versioning);
  }

  stat(bucket: Bucket): Promise<BucketStat> {
    return readBucketStat(this.#core, bucket.id);
  }
}
