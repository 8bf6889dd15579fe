// ListObjectVersions: keys in byte order, the versions of each newest first, objects and delete
// markers mixed. Heads (O, M) and older versions (V) are three runs of rows. Rules: operations
// reference §4.2.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { tagged } from '../keys/bytes.ts';
import { tag } from '../keys/tags.ts';
import {
  markerRowKey,
  objectRowKey,
  versionRowKey,
  versionSuffixBytes,
} from '../keys/version-keys.ts';
import { readRows } from '../ports/read-rows.ts';
import { decodeVersionHead, type VersionHead } from '../records/version-row.ts';
import { parseVersionId, versionIdOf } from '../versions/version-id.ts';
import { type ListedObject, listedObject } from './list-objects.ts';
import type { Listing, Position, Run } from './listing.ts';
import { readPage } from './read-page.ts';

export interface ListVersions {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Only keys behind this text; with a version id also the older versions of this very key. */
  readonly keyMarker?: string | undefined;
  /** Need not exist any more. Only with a key marker; throws InvalidVersionId. */
  readonly versionIdMarker?: string | undefined;
  readonly limit: number;
}

interface ListedAny {
  readonly versionId: string;
  readonly isLatest: boolean;
}

export type ListedVersion = ListedAny &
  (
    | ({ readonly kind: 'Version' } & ListedObject)
    | { readonly kind: 'DeleteMarker'; readonly key: string; readonly mtimeMs: number }
  );

export interface VersionPage {
  readonly versions: readonly ListedVersion[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last entry of a truncated page; without a version id it is a common prefix. */
  readonly next?: { readonly key: string; readonly versionId?: string | undefined } | undefined;
}

export async function listVersions(
  core: CoreContext,
  bucket: Bucket,
  query: ListVersions,
): Promise<VersionPage> {
  if (query.limit <= 0) return { versions: [], commonPrefixes: [], isTruncated: false };
  const { prefix, delimiter, limit } = query;
  const start = await startOf(core, bucket, query);
  const page = await readPage(core, versionsOf(bucket), { prefix, delimiter, limit, start });
  const { commonPrefixes, next } = page;
  const versions = page.items.map(listedVersion);
  if (next === undefined) return { versions, commonPrefixes, isTruncated: false };
  const last = 'item' in next ? markerOf(next.item) : { key: next.prefix };
  return { versions, commonPrefixes, isTruncated: true, next: last };
}

interface VersionItem {
  readonly key: string;
  readonly head: VersionHead;
  readonly isLatest: boolean;
}

/** A place in a key's history is its seq: the newest has the highest. */
type Seq = number;

async function startOf(
  core: CoreContext,
  bucket: Bucket,
  { keyMarker, versionIdMarker }: ListVersions,
): Promise<Position<Seq> | undefined> {
  if (!keyMarker) return undefined;
  const key = Buffer.from(keyMarker);
  if (versionIdMarker === undefined) return { key, isPast: true };
  const ref = parseVersionId(versionIdMarker);
  if (!ref.isNull) return { key, place: ref.seq };
  // Only the head knows where the `null` version is. One that is gone says nothing of its place:
  // better to show versions of the key again than to leave some out.
  const keys = [objectRowKey(bucket.id, key), markerRowKey(bucket.id, key)];
  const [object, marker] = await readRows(core.metadata, keys);
  const head = object ?? marker;
  const nullSeq = head == null ? 0 : decodeVersionHead(head.value).nullSeq;
  return nullSeq === 0 ? { key } : { key, place: nullSeq };
}

function versionsOf(bucket: Bucket): Listing<VersionItem, Seq> {
  const run = (letter: number, isLatest: boolean): Run<VersionItem, Seq> => ({
    base: tagged(letter, bucket.id),
    suffixBytes: isLatest ? 0 : versionSuffixBytes,
    decode: (row, key) => ({ key: key.toString(), head: decodeVersionHead(row.value), isLatest }),
  });
  const older: Run<VersionItem, Seq> = {
    ...run(tag.version, false),
    rowBehind: (key, seq) => versionRowKey(bucket.id, key, Math.max(seq - 1, 0)),
  };
  // Where versioning never was, there is nothing but objects.
  const isVersioned = bucket.versioning !== 'never';
  const objects = run(tag.object, true);
  return {
    runs: isVersioned ? [objects, run(tag.marker, true), older] : [objects],
    within: {
      placeOf: ({ head }) => head.seq,
      isBehind: ({ head }, seq) => head.seq < seq,
    },
  };
}

function markerOf({ key, head }: VersionItem): VersionPage['next'] {
  return { key, versionId: versionIdOf(head) };
}

function listedVersion({ key, head, isLatest }: VersionItem): ListedVersion {
  const common = { versionId: versionIdOf(head), isLatest };
  return head.kind === 'DeleteMarker'
    ? { kind: 'DeleteMarker', key, mtimeMs: head.mtimeMs, ...common }
    : { kind: 'Version', ...listedObject(key, head), ...common };
}
