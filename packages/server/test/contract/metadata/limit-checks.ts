// Limits: what is at one passes, what is beyond throws, and nothing of it is done (invariant 6).

import { expect } from 'vitest';
import {
  type Commit,
  type Metadata,
  MetadataLimitError,
  metadataLimits,
  type Query,
} from '../../../src/core/ports/metadata.ts';
import { readRow } from '../../../src/core/ports/read-rows.ts';
import type { MetadataCheck } from './metadata-check.ts';
import { done, key, range, rowAt, set } from './short-hand.ts';

const { checksMax, commitBytesMax, commitsMax, counterLengthMax, keyBytesMax } = metadataLimits;
const { rangeRowsMax, writesMax } = metadataLimits;

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `n/${String(index).padStart(5, '0')}`);
}

function checks(count: number): NonNullable<Commit['check']> {
  return names(count).map((name) => ({ key: key(`absent/${name}`), stamp: null }));
}

function ofKeyBytes(bytes: number): Buffer {
  return Buffer.alloc(bytes, 0x6b);
}

const emptyRange = { from: key('x'), to: key('y') };

/** Each is one step beyond a limit. All also set `trace`, unless that would be the step. */
const beyond: Record<string, Commit> = {
  checks: { check: checks(checksMax + 1) },
  'checks and empties together': { check: checks(checksMax), empty: [emptyRange] },
  sets: { set: names(writesMax).map((name) => set(name)) },
  deletions: { del: names(writesMax).map(key) },
  additions: { add: names(writesMax).map((name) => ({ key: key(name), deltas: [1n] })) },
  bytes: { set: [{ key: key('big'), value: Buffer.alloc(commitBytesMax) }] },
  'length of a set key': { set: [{ key: ofKeyBytes(keyBytesMax + 1), value: key('v') }] },
  'length of a deleted key': { del: [ofKeyBytes(keyBytesMax + 1)] },
  'length of a checked key': { check: [{ key: ofKeyBytes(keyBytesMax + 1), stamp: null }] },
  'length of a counter key': { add: [{ key: ofKeyBytes(keyBytesMax + 1), deltas: [1n] }] },
  'length of a bound': { empty: [{ from: key('x'), to: ofKeyBytes(keyBytesMax + 1) }] },
  'an empty key': { set: [{ key: Buffer.alloc(0), value: key('v') }] },
  'an empty deleted key': { del: [Buffer.alloc(0)] },
  'a counter too long': {
    add: [{ key: key('c'), deltas: new Array<bigint>(counterLengthMax + 1).fill(1n) }],
  },
  'a number too large': { add: [{ key: key('c'), deltas: [2n ** 63n] }] },
  'a number too small': { add: [{ key: key('c'), deltas: [-(2n ** 63n) - 1n] }] },
  'a key set twice': { set: [set('twice', '1'), set('twice', '2')] },
  'a key deleted twice': { del: [key('twice'), key('twice')] },
  'a key set and deleted': { set: [set('twice')], del: [key('twice')] },
};

async function expectUntouched(metadata: Metadata): Promise<void> {
  const everything = { from: Buffer.alloc(0), to: Buffer.alloc(4, 0xff), limit: 10 };
  expect(await range(metadata, everything)).toEqual([]);
  expect(await metadata.counters(key('c'))).toEqual([]);
  expect(await metadata.counters(key('n/00000'))).toEqual([]);
}

const commitLimitChecks = Object.entries(beyond).map(([what, commit]) => ({
  name: `limits: ${what}, alone and among others, throw and leave nothing`,
  run: async (metadata: Metadata) => {
    const traced = { ...commit, set: [...(commit.set ?? []), set('trace')] };
    await expect(metadata.commit(traced)).rejects.toThrow(MetadataLimitError);
    const around = [{ set: [set('before')] }, traced, { set: [set('after')] }];
    await expect(metadata.commitMany(around)).rejects.toThrow(MetadataLimitError);
    await expectUntouched(metadata);
  },
}));

export const limitChecks: readonly MetadataCheck[] = [
  ...commitLimitChecks,
  {
    name: 'limits: a commit at every limit passes',
    run: async (metadata) => {
      const half = writesMax / 2;
      await done(metadata, {
        check: checks(checksMax - 1),
        empty: [emptyRange],
        set: names(half).map((name) => set(name)),
        del: names(half).map((name) => key(`absent/${name}`)),
      });
      const rows = await range(metadata, { from: key('n/'), to: key('n0'), limit: rangeRowsMax });
      expect(rows).toHaveLength(half);
      const longest = ofKeyBytes(keyBytesMax);
      const value = Buffer.alloc(commitBytesMax - keyBytesMax, 'full');
      await done(metadata, { set: [{ key: longest, value }] });
      const read = await readRow(metadata, longest);
      expect(read?.value.equals(value)).toBe(true);
      await done(metadata, {
        add: [{ key: key('c'), deltas: new Array<bigint>(counterLengthMax).fill(1n) }],
      });
      expect(await metadata.counters(key('c'))).toHaveLength(counterLengthMax);
    },
  },
  {
    name: 'limits: as many commits at once as allowed pass, one more throws',
    run: async (metadata) => {
      const commits = names(commitsMax).map((name) => ({ set: [set(name)] }));
      const outcomes = await metadata.commitMany(commits);
      expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
      const more = [...commits, { set: [set('one more')] }];
      await expect(metadata.commitMany(more)).rejects.toThrow(MetadataLimitError);
      expect(await rowAt(metadata, 'one more')).toBeNull();
    },
  },
  {
    name: 'limits: reads beyond them are rejected promises, and never thrown',
    run: async (metadata) => {
      const [from, to] = [key('a'), key('b')];
      const wrong: Query[] = [
        { ranges: [{ from, to, limit: rangeRowsMax + 1 }] },
        { ranges: [{ from, to, limit: -1 }] },
        { ranges: [{ from, to, limit: 1.5 }] },
        { ranges: [{ from, to, limit: Number.NaN }] },
        { ranges: [{ from: ofKeyBytes(keyBytesMax + 1), to, limit: 1 }] },
        { ranges: [{ from, to: ofKeyBytes(keyBytesMax + 1), limit: 1 }] },
        { keys: [{ key: ofKeyBytes(keyBytesMax + 1) }] },
        { keys: [{ key: Buffer.alloc(0) }] },
      ];
      for (const query of wrong) {
        await expect(metadata.read(query)).rejects.toThrow(MetadataLimitError);
      }
      await expect(metadata.counters(Buffer.alloc(0))).rejects.toThrow(MetadataLimitError);
      const bounds = { from: ofKeyBytes(keyBytesMax), to: ofKeyBytes(keyBytesMax), limit: 1_000 };
      expect(await range(metadata, bounds)).toEqual([]);
    },
  },
];
