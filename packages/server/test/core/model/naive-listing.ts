// Listings as a sentence says them: everything sorted, filtered, rolled up, then cut. Slow and
// obvious, to compare the real ones with.

/** UTF-8 bytes decide, not UTF-16. */
export function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export type Rolled<Entry> = Entry | { readonly prefix: string };

export interface NaivePage<Entry> {
  readonly entries: readonly Entry[];
  readonly prefixes: readonly string[];
  readonly last: Rolled<Entry> | undefined;
  readonly isTruncated: boolean;
}

interface Query {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly limit: number;
}

function pageOf<Entry extends object>(all: readonly Rolled<Entry>[], limit: number) {
  const shown = all.slice(0, limit);
  const page: NaivePage<Entry> = {
    entries: shown.flatMap((entry) => ('prefix' in entry ? [] : [entry])),
    prefixes: shown.flatMap((entry) => ('prefix' in entry ? [entry.prefix] : [])),
    last: shown.at(-1),
    isTruncated: all.length > limit,
  };
  return page;
}

/** The common prefix that a key is rolled up into. */
function commonPrefix(key: string, { prefix = '', delimiter = '' }: Query): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** `all` in byte order of the keys. */
export function naiveObjects<Entry extends { readonly key: string }>(
  all: readonly Entry[],
  query: Query & { readonly after?: string | undefined },
): NaivePage<Entry> {
  const { prefix = '', after = '' } = query;
  const entries: Rolled<Entry>[] = [];
  let last: string | undefined;
  for (const entry of all) {
    if (!entry.key.startsWith(prefix)) continue;
    const common = commonPrefix(entry.key, query);
    const text = common ?? entry.key;
    if (after !== '' && byteOrder(text, after) <= 0) continue;
    if (common !== undefined && common === last) continue;
    last = common;
    entries.push(common === undefined ? entry : { prefix: common });
  }
  return pageOf(entries, query.limit);
}

export interface VersionMarkers {
  readonly keyMarker?: string | undefined;
  /** Of a version that is among the listed. */
  readonly versionIdMarker?: string | undefined;
}

/** `all` in byte order of the keys, the newest version of a key first. */
export function naiveVersions<Entry extends { readonly key: string; readonly versionId: string }>(
  all: readonly Entry[],
  query: Query & VersionMarkers,
): NaivePage<Entry> {
  const { prefix = '', keyMarker = '', versionIdMarker } = query;
  const markerAt = all.findIndex(
    ({ key, versionId }) => key === keyMarker && versionId === versionIdMarker,
  );
  const entries: Rolled<Entry>[] = [];
  let last: string | undefined;
  for (const [at, entry] of all.entries()) {
    if (!entry.key.startsWith(prefix)) continue;
    const common = commonPrefix(entry.key, query);
    if (common !== undefined) {
      if (common === last) continue;
      last = common;
      // A marker inside the prefix has passed it.
      const isPassed = byteOrder(common, keyMarker) <= 0 || keyMarker.startsWith(common);
      if (keyMarker !== '' && isPassed) continue;
      entries.push({ prefix: common });
      continue;
    }
    const order = byteOrder(entry.key, keyMarker);
    if (keyMarker !== '' && order < 0) continue;
    if (order === 0 && (versionIdMarker === undefined || at <= markerAt)) continue;
    entries.push(entry);
  }
  return pageOf(entries, query.limit);
}
