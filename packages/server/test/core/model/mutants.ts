// Stores that break one rule of versioning each: the memory engine, and commits changed on their way
// to it. The model test's own test expects every one to be noticed.
import { readInvertedU64 } from '../../../src/core/keys/bytes.ts';
import { tag } from '../../../src/core/keys/tags.ts';
import type { Commit, Key, Metadata } from '../../../src/core/ports/metadata.ts';
import {
  decodeVersionHead,
  isNullVersion,
  type VersionHead,
} from '../../../src/core/records/version-row.ts';

type Change = (commit: Required<Commit>) => Partial<Commit>;

function is(key: Key, ...tags: readonly number[]): boolean {
  return tags.includes(key[0] as number);
}

function seqOfRow(key: Key): number {
  return readInvertedU64(key, key.length - 8);
}

/** The row that the commit makes the latest version of its key. */
function newHead({ set }: Required<Commit>): { key: Key; head: VersionHead } | undefined {
  const row = set.find(({ key }) => is(key, tag.object, tag.marker));
  return row && { key: row.key, head: decodeVersionHead(row.value) };
}

const without = <Item extends { readonly key: Key }>(items: readonly Item[], ...tags: number[]) =>
  items.filter(({ key }) => !is(key, ...tags));

export const versioningMutants: Readonly<Record<string, Change>> = {
  'no promotion after deleting the latest': (commit) => {
    const made = newHead(commit);
    const promoted = commit.del.find(
      (key) => is(key, tag.version) && seqOfRow(key) === made?.head.seq,
    );
    if (made === undefined || promoted === undefined) return {};
    return {
      set: commit.set.filter(({ key }) => key !== made.key),
      del: [...commit.del.filter((key) => key !== promoted), made.key],
    };
  },
  'old null left behind': (commit) => {
    const made = newHead(commit);
    if (made === undefined || !isNullVersion(made.head)) return {};
    const isOldNull = (key: Key): boolean =>
      is(key, tag.version) && seqOfRow(key) !== made.head.seq;
    return { del: commit.del.filter((key) => !isOldNull(key)) };
  },
  'place of a removed null kept': (commit) => {
    const made = newHead(commit);
    const removed = commit.del.find((key) => is(key, tag.version));
    if (made === undefined || removed === undefined) return {};
    const onlyForgets = seqOfRow(removed) !== made.head.seq && made.head.nullSeq === 0;
    return onlyForgets ? { set: without(commit.set, tag.object, tag.marker) } : {};
  },
  'overwritten version not kept': ({ set }) => ({ set: without(set, tag.version) }),
  'delete marker left under an object': ({ del }) => ({
    del: del.filter((key) => !is(key, tag.marker)),
  }),
  'statistics of what was removed kept': ({ add }) => ({
    add: add.map(({ key, deltas }) => ({
      key,
      deltas: deltas.map((delta) => (delta < 0n ? 0n : delta)),
    })),
  }),
  'freed body forgotten': ({ set }) => ({ set: without(set, tag.garbage) }),
  'freed inline body left behind': ({ del }) => ({
    del: del.filter((key) => !is(key, tag.inlineBody)),
  }),
};

/** The engine with every commit changed. */
export function withCommits(metadata: Metadata, change: Change): Metadata {
  const changed = (commit: Commit): Commit => {
    const { check = [], empty = [], set = [], del = [], add = [] } = commit;
    return { ...commit, ...change({ check, empty, set, del, add }) };
  };
  return {
    inlineBytesMax: metadata.inlineBytesMax,
    read: (query) => metadata.read(query),
    counters: (key) => metadata.counters(key),
    commit: (commit) => metadata.commit(changed(commit)),
    commitMany: (commits) => metadata.commitMany(commits.map(changed)),
    close: () => metadata.close(),
  };
}
