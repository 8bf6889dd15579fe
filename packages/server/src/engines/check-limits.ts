// The limits of the metadata port, checked before anything is read or written, so that a commit
// that breaks one leaves no trace (metadata model §1).
import {
  type Commit,
  type Key,
  MetadataLimitError,
  metadataLimits,
  type Query,
  type Range,
} from '../core/ports/metadata.ts';

const deltaMax = 2n ** 63n;
/** Up to here, comparing each with each is cheaper than a set. */
const comparedMax = 6;

export function checkQuery(query: Query): void {
  for (const { key } of query.keys ?? []) checkKey(key);
  for (const range of query.ranges ?? []) checkRange(range);
}

export function checkCommits(commits: readonly Commit[]): void {
  atMost(commits.length, metadataLimits.commitsMax, 'commits');
  for (const commit of commits) checkCommit(commit);
}

export function checkCommit(commit: Commit): void {
  const { check = [], empty = [], set = [], del = [], add = [] } = commit;
  atMost(check.length + empty.length, metadataLimits.checksMax, 'checks');
  atMost(set.length + del.length + add.length, metadataLimits.writesMax, 'writes');
  for (const { key } of check) checkKey(key);
  for (const { from, to } of empty) checkBounds(from, to);
  let bytes = 0;
  for (const { key, value } of set) bytes += checkKey(key) + value.length;
  for (const key of del) bytes += checkKey(key);
  for (const { key, deltas } of add) bytes += checkKey(key) + checkDeltas(deltas);
  atMost(bytes, metadataLimits.commitBytesMax, 'bytes of a commit');
  checkDistinct(set, del);
}

function checkDistinct(set: NonNullable<Commit['set']>, del: readonly Key[]): void {
  const keys = del.slice();
  for (const { key } of set) keys.push(key);
  if (areDistinct(keys)) return;
  throw new MetadataLimitError('A commit may write a key once: it occurs again in set or del.');
}

function areDistinct(keys: readonly Key[]): boolean {
  if (keys.length > comparedMax) {
    return new Set(keys.map((key) => key.toString('latin1'))).size === keys.length;
  }
  return keys.every((key, index) => keys.findIndex((other) => other.equals(key)) === index);
}

function checkRange(range: Range): void {
  checkBounds(range.from, range.to);
  if (!Number.isInteger(range.limit) || range.limit < 0) {
    throw new MetadataLimitError(`The limit of a range is a count of rows, not ${range.limit}.`);
  }
  atMost(range.limit, metadataLimits.rangeRowsMax, 'rows of a range');
}

function checkBounds(from: Key, to: Key): void {
  atMost(from.length, metadataLimits.keyBytesMax, 'bytes of a range bound');
  atMost(to.length, metadataLimits.keyBytesMax, 'bytes of a range bound');
}

export function checkKey(key: Key): number {
  if (key.length === 0) throw new MetadataLimitError('A key has at least one byte.');
  atMost(key.length, metadataLimits.keyBytesMax, 'bytes of a key');
  return key.length;
}

function checkDeltas(deltas: readonly bigint[]): number {
  atMost(deltas.length, metadataLimits.counterLengthMax, 'numbers of a counter');
  for (const delta of deltas) {
    if (delta < -deltaMax || delta >= deltaMax) {
      throw new MetadataLimitError(`A counter holds signed 64-bit numbers, not ${delta}.`);
    }
  }
  return deltas.length * 8;
}

function atMost(actual: number, allowed: number, what: string): void {
  if (actual > allowed) throw new MetadataLimitError(`${actual} ${what}; ${allowed} are allowed.`);
}
