// Buckets: the account's, and one of them.
import {
  type BucketSummary,
  type DeleteBucketTagsInput,
  deleteBucket,
  deleteBucketTags,
  type GetBucketInfoOutput,
  type GetBucketLocationOutput,
  getBucketInfo,
  getBucketLocation,
  getBucketTags,
  type HeadBucketOutput,
  headBucket,
  type ListBucketsInput,
  type ListBucketsOutput,
  listBuckets,
  OssError,
  type PutBucketInput,
  type PutBucketOutput,
  putBucket,
  putBucketTags,
  type Tagging,
} from '@osskeep/protocol';
import { Caller } from '../calling/caller.ts';
import type { Nothing } from '../calling/nothing.ts';
import { pages } from '../calling/pages.ts';
import type { CallOptions } from '../requests/call-options.ts';

export type PutBucketOptions = PutBucketInput & NonNullable<PutBucketInput['configuration']>;

export class BucketCalls extends Caller {
  listBuckets(input: ListBucketsInput = {}, options?: CallOptions): Promise<ListBucketsOutput> {
    return this.call(listBuckets, {}, input, options);
  }

  /** Every bucket of the account, page by page. */
  async *buckets(
    input: ListBucketsInput = {},
    options?: CallOptions,
  ): AsyncGenerator<BucketSummary, void, undefined> {
    const ask = (marker: string | undefined) => this.listBuckets({ ...input, marker }, options);
    for await (const page of pages(ask, (page) => page.nextMarker, input.marker)) {
      yield* page.buckets;
    }
  }

  putBucket(input: PutBucketOptions = {}, options?: CallOptions): Promise<PutBucketOutput> {
    const { acl, configuration, ...flat } = input;
    const wish = { ...configuration, ...flat };
    const body = Object.values(wish).some((value) => value !== undefined) ? wish : undefined;
    return this.call(putBucket, {}, { acl, configuration: body }, options);
  }

  headBucket(options?: CallOptions): Promise<HeadBucketOutput> {
    return this.call(headBucket, {}, {}, options);
  }

  /** True also for a bucket that exists and belongs to another account. */
  async bucketExists(options?: CallOptions): Promise<boolean> {
    try {
      await this.headBucket(options);
      return true;
    } catch (error) {
      if (error instanceof OssError && error.code === 'NoSuchBucket') return false;
      if (error instanceof OssError && error.code === 'AccessDenied') return true;
      throw error;
    }
  }

  deleteBucket(options?: CallOptions): Promise<Nothing> {
    return this.call(deleteBucket, {}, {}, options);
  }

  getBucketInfo(options?: CallOptions): Promise<GetBucketInfoOutput> {
    return this.call(getBucketInfo, {}, {}, options);
  }

  getBucketLocation(options?: CallOptions): Promise<GetBucketLocationOutput> {
    return this.call(getBucketLocation, {}, {}, options);
  }

  /** Replaces all tags. At most 20; keys of 1 to 64 bytes, values of at most 128. */
  putBucketTags(input: Tagging, options?: CallOptions): Promise<Nothing> {
    return this.call(putBucketTags, {}, input, options);
  }

  /** Without any where there are none. */
  getBucketTags(options?: CallOptions): Promise<Tagging> {
    return this.call(getBucketTags, {}, {}, options);
  }

  /** All of them, or only those with these `keys`. */
  deleteBucketTags(input: DeleteBucketTagsInput = {}, options?: CallOptions): Promise<Nothing> {
    return this.call(deleteBucketTags, {}, input, options);
  }
}
