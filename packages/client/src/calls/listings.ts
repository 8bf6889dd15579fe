// Listings of objects: a page, all pages, all that is on them.
import {
  type CommonPrefix,
  type ListObjectsInput,
  type ListObjectsOutput,
  type ListObjectsV2Input,
  type ListObjectsV2Output,
  listObjects,
  listObjectsV2,
  type ObjectSummary,
} from '@osskeep/protocol';
import { Caller } from '../calling/caller.ts';
import { pages } from '../calling/pages.ts';
import type { CallOptions } from '../requests/call-options.ts';

export class ListingCalls extends Caller {
  listObjects(input: ListObjectsInput = {}, options?: CallOptions): Promise<ListObjectsOutput> {
    const whole: ListObjectsInput = { encodingType: 'url', ...input };
    return this.call(listObjects, {}, whole, options);
  }

  listObjectsV2(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): Promise<ListObjectsV2Output> {
    const whole: ListObjectsV2Input = { encodingType: 'url', ...input };
    return this.call(listObjectsV2, {}, whole, options);
  }

  /** The pages of a listing, one request each: objects and, with a delimiter, common prefixes. */
  objectPages(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): AsyncGenerator<ListObjectsV2Output, void, undefined> {
    const ask = (continuationToken: string | undefined) =>
      this.listObjectsV2({ ...input, continuationToken }, options);
    return pages(ask, (page) => page.nextContinuationToken, input.continuationToken);
  }

  /** Every object of a listing, page by page. */
  async *objects(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): AsyncGenerator<ObjectSummary, void, undefined> {
    for await (const page of this.objectPages(input, options)) yield* page.contents;
  }

  /** Every common prefix ("folder") of a listing with a delimiter, `/` unless given. */
  async *prefixes(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): AsyncGenerator<CommonPrefix, void, undefined> {
    const whole = { delimiter: '/', ...input };
    for await (const page of this.objectPages(whole, options)) yield* page.commonPrefixes;
  }
}
