// The table of keys behind the known stamps: a fixed number of slots, in bounded memory.
import { describe, expect, test } from 'vitest';
import { StampTable, slotsIn } from '../../src/engines/embedded/metadata/stamps/stamp-table.ts';

function noted(table: StampTable, key: Buffer, stamp: bigint): void {
  table.set(table.slotOf(key), key, stamp);
}

function knows(table: StampTable, key: Buffer, stamp: bigint): boolean {
  return table.has(table.slotOf(key), key, stamp);
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

  test('tells keys apart that begin alike, and forgets one alone', () => {
    // All of them meet.
    const table = new StampTable(1);
    noted(table, Buffer.from('ab'), 5n);
    for (const other of ['a', 'abc', 'ac', 'bb']) {
      expect(knows(table, Buffer.from(other), 5n), other).toBe(false);
    }
    noted(table, Buffer.from('a'), 6n);
    expect(knows(table, Buffer.from('ab'), 6n)).toBe(false);
    expect(knows(table, Buffer.from('a'), 6n)).toBe(true);
    table.delete(0);
    expect(knows(table, Buffer.from('a'), 6n)).toBe(false);
    noted(table, Buffer.from('a'), 7n);
    expect(knows(table, Buffer.from('a'), 7n)).toBe(true);
  });

  test('remembers no more keys than it has slots', () => {
    const table = new StampTable(64);
    const keys = Array.from({ length: 1_000 }, (_, at) => Buffer.from(`key ${at}`));
    for (const key of keys) noted(table, key, 5n);
    const known = keys.filter((key) => knows(table, key, 5n)).length;
    expect(known).toBeGreaterThan(32);
    expect(known).toBeLessThanOrEqual(64);
  });

  test.each([
    [30 * 1024 * 1024, 65_536],
    [20 * 1024 * 1024, 65_536],
    [274 * 4_096, 4_096],
    [274 * 4_096 - 1, 2_048],
    [274, 1],
    [273, 0],
    [0, 0],
    [2 ** 40, 1_048_576],
  ])('%i bytes are worth %i slots', (bytes, slots) => {
    expect(slotsIn(bytes)).toBe(slots);
  });
});
