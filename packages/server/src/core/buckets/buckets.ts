// The buckets of a store.
import { noSuchBucket } from '@osskeep/protocol';
import { ConfigurationCache, type Snapshot, takeSnapshot } from '../context/configuration.ts';
import type { CoreContext } from '../context/context.ts';
import type { Eventually } from '../ports/eventually.ts';
import type { Owner, Versioning } from '../records/model.ts';
import { type Bucket, readBucket } from './bucket.ts';
import { type BucketStat, readBucketStat } from './counters.ts';
import { type CreateBucket, createBucket } from './create-bucket.ts';
import { deleteBucket } from './delete-bucket.ts';
import { type BucketPage, type ListBuckets, listBuckets } from './list-buckets.ts';
import { setVersioning } from './set-versioning.ts';

export class Buckets {
  readonly #core: CoreContext;
  readonly #cache: ConfigurationCache<Bucket>;

  constructor(core: CoreContext) {
    this.#core = core;
    this.#cache = new ConfigurationCache(async (name) => {
      const { epoch } = await takeSnapshot(core.metadata);
      const read = await readBucket(core.metadata, name, core.settings.blockPublicAccess);
      return { epoch, parsed: read?.bucket };
    });
  }

  /** As of the snapshot or later; undefined when there is none. */
  find(at: Snapshot, name: string): Eventually<Bucket | undefined> {
    return this.#cache.find(at, name);
  }

  /** Throws NoSuchBucket. */
  async get(at: Snapshot, name: string): Promise<Bucket> {
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
