// The table of keys behind the known stamps: a fixed number of places, in bounded memory.
import { describe, expect, test } from 'vitest';
import { placesIn, StampTable } from '../../src/engines/embedded/metadata/stamps/stamp-table.ts';

function noted(table: StampTable, key: Buffer, stamp: bigint): void {
  table.set(table.placeOf(key), key, stamp);
}

function knows(table: StampTable, key: Buffer, stamp: bigint): boolean {
  return table.has(table.placeOf(key), key, stamp);
}

describe('the table of stamps', () => {
  test('keeps a key of memory that others use as it was', () => {
    const table = new StampTable(1024);
    const key = Buffer.from('a');
    noted(table, key, 5n);
    key.write('b');
    expect(knows(table, key, 5n)).toBe(false);
    expect(knows(table, Buffer.from('a'), 5n)).toBe(true);
  });

  test('does not remember a key that is too long', () => {
    const table = new StampTable(1024);
    const long = Buffer.alloc(1_100, 'k');
    noted(table, long, 5n);
    expect(knows(table, long, 5n)).toBe(false);
  });

  test('remembers no more keys than it has places', () => {
    const table = new StampTable(64);
    const keys = Array.from({ length: 1_000 }, (_, at) => Buffer.from(`key ${at}`));
    for (const key of keys) noted(table, key, 5n);
    const known = keys.filter((key) => knows(table, key, 5n)).length;
    expect(known).toBeGreaterThan(32);
    expect(known).toBeLessThanOrEqual(64);
  });

  test.each([
    [30 * 1024 * 1024, 65_536],
    [30 * 1024 * 1024 - 1, 32_768],
    [960, 2],
    [480, 1],
    [479, 0],
    [0, 0],
    [2 ** 40, 1_048_576],
  ])('%i bytes are worth %i places', (bytes, places) => {
    expect(placesIn(bytes)).toBe(places);
  });
});
