// Checks a whole store against the invariants of the metadata model, row by row, with a reading of
// the rows that does not go through the operations under test.

import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { countersKey } from '../../src/core/keys/body-keys.ts';
import type { Blobs } from '../../src/core/ports/blobs.ts';
import type { Metadata, Row } from '../../src/core/ports/metadata.ts';
import { keyAfter, readRange } from '../../src/core/ports/read-rows.ts';
import { decodeGarbage } from '../../src/core/records/garbage.ts';
import { inlineBodyBytes } from '../../src/core/records/inline-body.ts';
import { storageClasses } from '../../src/core/records/model.ts';
import {
  decodeVersionBody,
  decodeVersionHead,
  isNullVersion,
  type VersionHead,
} from '../../src/core/records/version-row.ts';
import { versionIdOf } from '../../src/core/versions/version-id.ts';
import { keyOfHead, partsOfVersionKey } from './read-keys.ts';
import { allBlobs, readAll } from './test-store.ts';

export async function rowsOf(metadata: Metadata, letter: string): Promise<Row[]> {
  const to = Buffer.of(letter.charCodeAt(0) + 1);
  const rows: Row[] = [];
  let from: Buffer = Buffer.from(letter);
  for (;;) {
    const page = await readRange(metadata, { from, to, limit: 1000 });
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < 1000) return rows;
    from = keyAfter(last.key);
  }
}

interface KeyVersions {
  head?: VersionHead;
  heads: number;
  older: VersionHead[];
}

function keyVersions(objects: Row[], markers: Row[], older: Row[]): Map<string, KeyVersions> {
  const keys = new Map<string, KeyVersions>();
  const at = (row: Row, key: Buffer): KeyVersions => {
    const name = `${row.key.subarray(1, 9).toString('hex')}/${key.toString('hex')}`;
    const found = keys.get(name) ?? { heads: 0, older: [] };
    keys.set(name, found);
    return found;
  };
  for (const row of [...objects, ...markers]) {
    const entry = at(row, keyOfHead(row.key));
    entry.heads += 1;
    entry.head = decodeVersionHead(row.value);
  }
  for (const row of older) {
    const { key, seq } = partsOfVersionKey(row.key);
    const head = decodeVersionHead(row.value);
    expect(head.seq).toBe(seq);
    at(row, key).older.push(head);
  }
  return keys;
}

/** Invariants 8 to 11 and 13; returns every version id in the store. */
export async function checkInvariants(metadata: Metadata, blobs: Blobs, liveEpochs: Buffer[]) {
  const [objects, markers, older] = await Promise.all([
    rowsOf(metadata, 'O'),
    rowsOf(metadata, 'M'),
    rowsOf(metadata, 'V'),
  ]);
  const ids: string[] = [];
  for (const [key, { head, heads, older: rest }] of keyVersions(objects, markers, older)) {
    expect(heads, `heads of ${key}`).toBe(1);
    if (head === undefined) throw new Error('unreachable');
    const all = [head, ...rest];
    for (const version of rest) expect(version.seq).toBeLessThan(head.seq);
    const nulls = all.filter(isNullVersion).map(({ seq }) => seq);
    expect(nulls).toEqual(head.nullSeq === 0 ? [] : [head.nullSeq]);
    ids.push(...all.filter((version) => !isNullVersion(version)).map(versionIdOf));
  }
  expect(new Set(ids).size).toBe(ids.length);
  for (const row of objects) expect(decodeVersionHead(row.value).kind).not.toBe('DeleteMarker');
  for (const row of markers) expect(decodeVersionHead(row.value).kind).toBe('DeleteMarker');
  await checkBodies(metadata, blobs, [...objects, ...markers, ...older], liveEpochs);
  await checkCounters(metadata, [...objects, ...markers, ...older]);
  return ids;
}

async function checkBodies(
  metadata: Metadata,
  blobs: Blobs,
  versions: Row[],
  liveEpochs: Buffer[],
): Promise<void> {
  const inline = new Map(
    (await rowsOf(metadata, 'D')).map((row) => [row.key.subarray(1).toString('hex'), row.value]),
  );
  const named = new Set<string>();
  for (const { value } of versions) {
    const head = decodeVersionHead(value);
    const body = decodeVersionBody(value);
    if (body.kind !== 'single') {
      expect(head.size).toBe(0);
      continue;
    }
    const { extent } = body;
    const name = extent.id.toString('hex');
    expect(named.has(name), 'a body has one version row').toBe(false);
    named.add(name);
    const bytes =
      extent.storage === 'inline'
        ? inlineBodyBytes(inline.get(name) ?? Buffer.alloc(0))
        : await readAll(
            blobs.read({ blob: extent.id, offset: 0, length: head.size }, 0, head.size),
          );
    expect(bytes.length).toBe(head.size);
    expect(createHash('md5').update(bytes).digest()).toEqual(head.etag);
  }
  for (const name of inline.keys()) expect(named.has(name), 'a D row without a version').toBe(true);
  for (const row of await rowsOf(metadata, 'G')) {
    const garbage = decodeGarbage(row.value);
    if (garbage.kind === 'body' && garbage.body.kind === 'single') {
      named.add(garbage.body.extent.id.toString('hex'));
    }
  }
  for (const name of await allBlobs(blobs)) {
    const isLive = liveEpochs.some((epoch) => name.startsWith(epoch.toString('hex')));
    expect(named.has(name) || isLive, `blob ${name} is known`).toBe(true);
  }
}

async function checkCounters(metadata: Metadata, versions: Row[]): Promise<void> {
  const counted = new Map<string, bigint[]>();
  for (const { key, value } of versions) {
    const head = decodeVersionHead(value);
    const bucket = key.subarray(1, 9).toString('hex');
    const sums = counted.get(bucket) ?? new Array<bigint>(13).fill(0n);
    counted.set(bucket, sums);
    const add = (place: number, by: number): void => {
      sums[place] = (sums[place] ?? 0n) + BigInt(by);
    };
    if (head.kind === 'DeleteMarker') add(12, 1);
    else {
      add(2 * storageClasses.indexOf(head.storageClass), head.size);
      add(2 * storageClasses.indexOf(head.storageClass) + 1, 1);
    }
  }
  for (const guard of await rowsOf(metadata, 'N')) {
    const bucketId = guard.value.subarray(1, 9);
    const stored = await metadata.counters(countersKey(Buffer.from(bucketId), 0));
    const expected = counted.get(bucketId.toString('hex')) ?? [];
    for (let place = 0; place < 13; place += 1) {
      expect(stored[place] ?? 0n, `counter ${place}`).toBe(expected[place] ?? 0n);
    }
  }
}
