// What was acknowledged is in the folder at every moment. A copy of it is what a crash of the process leaves.
import { expect, test } from 'vitest';
import type { Stamp } from '../../src/core/ports/metadata.ts';
import { done, key, set, textAt } from '../contract/metadata/short-hand.ts';
import { copyOf } from './copy-of.ts';
import { openLmdb } from './open-lmdb.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('small and large batches keep their order, at every moment', async () => {
  const path = await temporaryDirectory();
  const metadata = await openLmdb(path);
  const large = (round: number) =>
    Array.from({ length: 40 }, (_, at) => set(`row ${at}`, `${round}`));
  for (let round = 0; round < 12; round += 1) {
    if (round % 3 === 2) await done(metadata, { set: large(round) });
    else await done(metadata, { set: [set('row 7', `${round}`), set(`only ${round}`)] });
    const again = await openLmdb(await copyOf(path));
    expect(await textAt(again, 'row 7')).toBe(`${round}`);
    await again.close();
  }
  await metadata.close();
});

test('many writers of small and large batches lose nothing that was acknowledged', async () => {
  const path = await temporaryDirectory();
  const metadata = await openLmdb(path);
  const acknowledged = new Map<string, string>();
  const value = 'v'.repeat(40_000);
  const writer = async (name: number): Promise<void> => {
    for (let round = 0; round < 60; round += 1) {
      const count = (name + round) % 5 === 0 ? 30 : 1;
      const rows = Array.from({ length: count }, (_, at) => [`${name}/${round % 7}/${at}`, round]);
      await done(metadata, {
        set: rows.map(([row, text]) => set(`${row}`, `${text} ${count === 1 ? value : ''}`)),
        add: [{ key: key('rounds'), deltas: [1n] }],
      });
      for (const [row, text] of rows) acknowledged.set(`${row}`, `${text}`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, (_, name) => writer(name)));
  const again = await openLmdb(await copyOf(path));
  for (const store of [metadata, again]) {
    for (const [row, text] of acknowledged) {
      expect((await textAt(store, row))?.split(' ')[0], row).toBe(text);
    }
    expect(await store.counters(key('rounds'))).toEqual([360n]);
  }
  await again.close();
  await metadata.close();
});

test('stamps are not given again after a crash', async () => {
  let path = await temporaryDirectory();
  const given = new Set<Stamp>();
  for (let start = 0; start < 4; start += 1) {
    const metadata = await openLmdb(path);
    for (let round = 0; round < 5; round += 1) {
      const stamp = await done(metadata, { set: [set(`row ${round}`)] });
      expect(given).not.toContain(stamp);
      given.add(stamp);
    }
    path = await copyOf(path);
    await metadata.close();
  }
});

test('what was acknowledged is there after a crash that follows a crash at once', async () => {
  const path = await temporaryDirectory();
  const metadata = await openLmdb(path);
  await done(metadata, { set: [set('a', '1')] });
  let crashed = await copyOf(path);
  await metadata.close();
  for (let crash = 0; crash < 3; crash += 1) {
    const again = await openLmdb(crashed);
    expect(await textAt(again, 'a')).toBe('1');
    await done(again, { set: [set(`b ${crash}`)] });
    crashed = await copyOf(crashed);
    await again.close();
  }
  const last = await openLmdb(crashed);
  for (const name of ['b 0', 'b 1', 'b 2']) expect(await textAt(last, name)).toBe('value');
  await last.close();
});
