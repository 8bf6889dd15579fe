// Versioning, and the versions of objects.
import {
  type GetBucketVersioningOutput,
  getBucketVersioning,
  type ListObjectVersionsInput,
  type ListObjectVersionsOutput,
  listObjectVersions,
  type PutBucketVersioningInput,
  putBucketVersioning,
  type VersionEntry,
} from '@osskeep/protocol';
import { Caller } from '../calling/caller.ts';
import type { Nothing } from '../calling/nothing.ts';
import { pages } from '../calling/pages.ts';
import type { CallOptions } from '../requests/call-options.ts';

type VersionMarkers = Pick<ListObjectVersionsInput, 'keyMarker' | 'versionIdMarker'>;

export class VersionCalls extends Caller {
  putBucketVersioning(input: PutBucketVersioningInput, options?: CallOptions): Promise<Nothing> {
    return this.call(putBucketVersioning, {}, input, options);
  }

  /** Without a `status` where versioning was never set. */
  getBucketVersioning(options?: CallOptions): Promise<GetBucketVersioningOutput> {
    return this.call(getBucketVersioning, {}, {}, options);
  }

  listObjectVersions(
    input: ListObjectVersionsInput = {},
    options?: CallOptions,
  ): Promise<ListObjectVersionsOutput> {
    const whole: ListObjectVersionsInput = { encodingType: 'url', ...input };
    return this.call(listObjectVersions, {}, whole, options);
  }

  /** The pages of a listing of versions, one request each. */
  versionPages(
    input: ListObjectVersionsInput = {},
    options?: CallOptions,
  ): AsyncGenerator<ListObjectVersionsOutput, void, undefined> {
    const ask = (markers: VersionMarkers | undefined) =>
      this.listObjectVersions({ ...input, ...markers }, options);
    return pages(ask, nextMarkers, undefined, sameMarkers);
  }

  /**
   * Every version of every object and every delete marker, page by page: by key, the newest first.
   *
   * ```ts
   * for await (const entry of client.objectVersions({ prefix: 'photos/' })) {
   *   if (entry.kind === 'Version') console.log(entry.key, entry.versionId, entry.size);
   * }
   * ```
   */
  async *objectVersions(
    input: ListObjectVersionsInput = {},
    options?: CallOptions,
  ): AsyncGenerator<VersionEntry, void, undefined> {
    for await (const page of this.versionPages(input, options)) yield* page.entries;
  }
}

function nextMarkers(page: ListObjectVersionsOutput): VersionMarkers | undefined {
  const { nextKeyMarker: keyMarker, nextVersionIdMarker: versionIdMarker } = page;
  return keyMarker === undefined ? undefined : { keyMarker, versionIdMarker };
}

function sameMarkers(a: VersionMarkers, b: VersionMarkers | undefined): boolean {
  return a.keyMarker === b?.keyMarker && a.versionIdMarker === b?.versionIdMarker;
}
