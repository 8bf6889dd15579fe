// ListObjectVersions: keys in byte order, the versions of each newest first, objects and delete
// markers mixed. Heads (O, M) and older versions (V) are three runs of rows in the same order; a page
// merges them. Rules: operations reference §4.2.

import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { prefixEnd, tagged } from '../keys/bytes.ts';
import { tag } from '../keys/tags.ts';
import {
  keyOfHead,
  markerRowKey,
  objectRowKey,
  partsOfVersionKey,
  versionRowKey,
} from '../keys/version-keys.ts';
import { metadataLimits, type Range, type Row } from '../ports/metadata.ts';
import { readRows } from '../ports/read-rows.ts';
import { decodeVersionHead, type VersionHead } from '../records/version-row.ts';
import { parseVersionId, versionIdOf } from '../versions/version-id.ts';
import { type ListedObject, listedObject } from './list-objects.ts';
import { RollUp } from './roll-up.ts';

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

/** Rows of the first read where a delimiter makes it likely that most would be skipped. */
const rowsWithDelimiter = 16;
/** Sorts behind a key and its versions (`key 00 …`) and before every other key. */
const behindKey = Buffer.of(1);

export async function listVersions(
  core: CoreContext,
  bucket: Bucket,
  query: ListVersions,
): Promise<VersionPage> {
  if (query.limit <= 0) return { versions: [], commonPrefixes: [], isTruncated: false };
  const page = new PageBuilder(bucket, query, await startOf(core, bucket, query));
  while (!page.isDone) {
    const ranges = page.nextRanges();
    const view = await core.metadata.read({ ranges });
    page.take(
      view.ranges.map((rows, at) => ({
        rows,
        isEnd: rows.length < (ranges[at]?.limit ?? 0),
      })),
    );
  }
  return page.result();
}

/**
 * Where a listing goes on: at this key; of its versions, where a seq is given, only those before it
 * in time. By seq and not by row: a version may become the head, or lose that place, between two reads.
 */
interface Position {
  readonly key: Buffer;
  readonly seq?: number | undefined;
}

async function startOf(
  core: CoreContext,
  bucket: Bucket,
  { keyMarker, versionIdMarker }: ListVersions,
): Promise<Position | undefined> {
  if (!keyMarker) return undefined;
  const key = Buffer.from(keyMarker);
  if (versionIdMarker === undefined) return { key: Buffer.concat([key, behindKey]) };
  const ref = parseVersionId(versionIdMarker);
  if (!ref.isNull) return { key, seq: ref.seq };
  // Only the head knows where the `null` version is. One that is gone says nothing of its place:
  // better to show versions of the key again than to leave some out.
  const keys = [objectRowKey(bucket.id, key), markerRowKey(bucket.id, key)];
  const [object, marker] = await readRows(core.metadata, keys);
  const head = object ?? marker;
  const nullSeq = head == null ? 0 : decodeVersionHead(head.value).nullSeq;
  return nullSeq === 0 ? { key } : { key, seq: nullSeq };
}

interface Entry {
  readonly key: Buffer;
  readonly seq: number;
  readonly head: VersionHead;
  readonly isLatest: boolean;
}

/** Rows of one keyspace and how far they were taken. */
class Run {
  readonly #rows: readonly Row[];
  readonly #isLatest: boolean;
  readonly #isEnd: boolean;
  #at = 0;
  #current: Entry | undefined;

  constructor(rows: readonly Row[], isEnd: boolean, isLatest: boolean) {
    this.#rows = rows;
    this.#isEnd = isEnd;
    this.#isLatest = isLatest;
    this.#decode();
  }

  get current(): Entry | undefined {
    return this.#current;
  }

  /** What comes next of this keyspace was not read. */
  get isCut(): boolean {
    return this.#current === undefined && !this.#isEnd;
  }

  step(): void {
    this.#at += 1;
    this.#decode();
  }

  #decode(): void {
    const row = this.#rows[this.#at];
    if (row === undefined) {
      this.#current = undefined;
      return;
    }
    const head = decodeVersionHead(row.value);
    const key = this.#isLatest ? keyOfHead(row.key) : partsOfVersionKey(row.key).key;
    this.#current = { key, seq: head.seq, head, isLatest: this.#isLatest };
  }
}

/** Key first; of one key the head before the others, which are in order already. */
function compareEntries(a: Entry, b: Entry): number {
  return Buffer.compare(a.key, b.key) || Number(b.isLatest) - Number(a.isLatest);
}

class PageBuilder {
  readonly #bucket: Bucket;
  readonly #limit: number;
  readonly #rollUp: RollUp;
  readonly #tags: readonly number[];
  readonly #versions: ListedVersion[] = [];
  readonly #prefixes: string[] = [];
  #position: Position;
  #rows: number;
  #last: VersionPage['next'];
  #isTruncated = false;
  isDone = false;

  constructor(bucket: Bucket, query: ListVersions, start: Position | undefined) {
    this.#bucket = bucket;
    this.#limit = query.limit;
    this.#rollUp = new RollUp(query.prefix, query.delimiter);
    // Where versioning never was, there is nothing but objects.
    const versioned = [tag.object, tag.marker, tag.version];
    this.#tags = bucket.versioning === 'never' ? [tag.object] : versioned;
    this.#rows = this.#rollUp.isOn ? rowsWithDelimiter : metadataLimits.rangeRowsMax;
    this.#position = { key: this.#rollUp.prefix };
    if (start !== undefined) this.#goTo(start);
  }

  nextRanges(): Range[] {
    // One entry more than there is room for tells whether the page is the last; and the head of the
    // key that the last read ended in comes again, though it is not wanted any more.
    const wanted = this.#limit - this.#count + 2;
    const limit = Math.min(wanted, this.#rows, metadataLimits.rangeRowsMax);
    return this.#tags.map((letter) => {
      const to = prefixEnd(tagged(letter, this.#bucket.id, this.#rollUp.prefix));
      return { from: this.#rowFrom(letter), to, limit };
    });
  }

  take(runs: readonly { readonly rows: readonly Row[]; readonly isEnd: boolean }[]): void {
    const merged = runs.map(
      ({ rows, isEnd }, at) => new Run(rows, isEnd, this.#tags[at] !== tag.version),
    );
    let taken = 0;
    while (!merged.some((run) => run.isCut)) {
      const first = this.#firstOf(merged);
      if (first === undefined) {
        this.isDone = true;
        return;
      }
      const { entry, run } = first;
      run.step();
      if (this.#isBefore(entry)) continue;
      if (this.#count === this.#limit) {
        this.#isTruncated = true;
        this.isDone = true;
        return;
      }
      taken += 1;
      const common = this.#rollUp.commonPrefixOf(entry.key);
      if (common === undefined) this.#addVersion(entry);
      else this.#addPrefix(common);
    }
    // Reads grow while rows become entries and shrink while they are rolled up.
    if (this.#rollUp.isOn) this.#rows = taken > 1 ? this.#rows * 2 : Math.max(2, this.#rows >> 1);
  }

  result(): VersionPage {
    const isTruncated = this.#isTruncated;
    return {
      versions: this.#versions,
      commonPrefixes: this.#prefixes,
      isTruncated,
      ...(isTruncated && this.#last !== undefined ? { next: this.#last } : {}),
    };
  }

  get #count(): number {
    return this.#versions.length + this.#prefixes.length;
  }

  #rowFrom(letter: number): Buffer {
    const { key, seq } = this.#position;
    if (letter === tag.version && seq !== undefined) {
      return versionRowKey(this.#bucket.id, key, Math.max(seq - 1, 0));
    }
    return tagged(letter, this.#bucket.id, key);
  }

  #firstOf(runs: readonly Run[]): { entry: Entry; run: Run } | undefined {
    let first: { entry: Entry; run: Run } | undefined;
    for (const run of runs) {
      const entry = run.current;
      if (entry === undefined) continue;
      if (first === undefined || compareEntries(entry, first.entry) < 0) first = { entry, run };
    }
    return first;
  }

  /** Behind what was rolled up, and of the key of the position only versions that are older. */
  #isBefore({ key, seq }: Entry): boolean {
    const order = Buffer.compare(key, this.#position.key);
    if (order !== 0) return order < 0;
    return this.#position.seq !== undefined && seq >= this.#position.seq;
  }

  /** Forward only: a marker before the prefix changes nothing. */
  #goTo(start: Position): void {
    const common = this.#rollUp.commonPrefixAround(start.key);
    const position = common === undefined ? start : { key: prefixEnd(common) };
    if (Buffer.compare(position.key, this.#position.key) >= 0) this.#position = position;
    const end = prefixEnd(tagged(tag.object, this.#rollUp.prefix));
    if (Buffer.compare(tagged(tag.object, this.#position.key), end) >= 0) this.isDone = true;
  }

  #addPrefix(common: Buffer): void {
    const key = common.toString();
    this.#last = { key };
    this.#prefixes.push(key);
    this.#position = { key: prefixEnd(common) };
  }

  #addVersion({ key, seq, head, isLatest }: Entry): void {
    const name = key.toString();
    const versionId = versionIdOf(head);
    this.#last = { key: name, versionId };
    this.#position = { key, seq };
    const common = { versionId, isLatest };
    this.#versions.push(
      head.kind === 'DeleteMarker'
        ? { kind: 'DeleteMarker', key: name, mtimeMs: head.mtimeMs, ...common }
        : { kind: 'Version', ...listedObject(name, head), ...common },
    );
  }
}
