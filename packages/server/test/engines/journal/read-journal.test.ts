// What a crash may leave in a journal is read, and what only damage does is said: over files in memory.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  JournalDamageError,
  type JournalPosition,
  unstoredIn,
} from '../../../src/engines/embedded/journal/read-journal.ts';
import type { Writes } from '../../../src/engines/embedded/metadata/writes.ts';
import { blockBytes, encodeRecord, fileBytes, OldJournal, sealed } from './old-journal.ts';

/** Takes about so many bytes. */
function writesOf(text: string, bytes = 0): Writes {
  const value = Buffer.concat([Buffer.from(text), Buffer.alloc(bytes)]);
  return {
    rows: [{ key: Buffer.from(text), stamp: 7n, value }],
    counters: [],
    stampsBelow: undefined,
  };
}

const kilobyte = 1024;
/** Of a record without counters: their number, and that no stamps are marked. */
const bytesBehindRows = 5;

/** Enough to tell one from another; comparing every byte takes long. */
function summaryOf({ rows }: Writes): unknown {
  return rows.map(({ key, value }) => [key.toString(), value?.length]);
}

/** Records 1 to `count`, the first `moved` of which LMDB has; `at`: their places. */
function journalOf(
  count: number,
  moved: number,
): { image: Buffer; place: JournalPosition | undefined; places: readonly number[]; all: Writes[] } {
  const journal = new OldJournal();
  const places: number[] = [];
  const all: Writes[] = [];
  let place: JournalPosition | undefined;
  for (let sequence = 1; sequence <= count; sequence += 1) {
    places.push(journal.next.at);
    all.push(writesOf(`record ${sequence}`, 5 * kilobyte));
    journal.append(all.at(-1) as Writes);
    if (sequence === moved) place = journal.next;
  }
  return { image: journal.image, place, places, all };
}

/** What a mistake in these bytes of the file is called; undefined = it is none. */
function damageIn(image: Buffer, place?: JournalPosition): string | undefined {
  try {
    unstoredIn(image, place, false);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(JournalDamageError);
    return (error as Error).message;
  }
}

describe('what LMDB does not have', () => {
  test('is found again, whatever was appended, moved on, or torn at last', () => {
    // KiB of a record, 0 = LMDB takes a part of what is there. The ring comes around once or more.
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 900 }) },
      fc.constant(0),
    );
    const steps = fc.array(step, { maxLength: 60 });
    const torn = fc.record({ kilobytes: fc.integer({ min: 0, max: 300 }), kept: fc.nat(2 ** 20) });
    fc.assert(
      fc.property(steps, fc.option(torn), fc.nat(3), (all, tear, left) => {
        const journal = new OldJournal();
        let held: { writes: Writes; before: JournalPosition }[] = [];
        let place: JournalPosition | undefined;
        const move = (keep: number): void => {
          if (held.length <= keep) return;
          held = held.slice(held.length - keep);
          place = held[0]?.before ?? journal.next;
          journal.release(place.sequence);
        };
        for (const [at, kilobytes] of all.entries()) {
          if (kilobytes === 0) {
            move(left);
            continue;
          }
          const writes = writesOf(`record ${at}`, kilobytes * kilobyte);
          const before = journal.next;
          if (journal.append(writes)) held.push({ writes, before });
          else move(0);
        }
        const isTorn = (block: number): boolean =>
          block > 0 && ((tear?.kept ?? 0) >> (block % 20)) % 2 === 1;
        if (tear !== null) journal.tear(writesOf('torn', tear.kilobytes * kilobyte), isTorn);
        const found = unstoredIn(journal.image, place, false);
        expect(found.writes.map(summaryOf)).toEqual(held.map(({ writes }) => summaryOf(writes)));
        expect(found.next).toEqual(journal.next);
      }),
      { numRuns: 60 },
    );
  });

  test('is a last record that was made whole, though nobody was told', () => {
    const { image, place, all } = journalOf(4, 2);
    expect(unstoredIn(image, place, false).writes).toEqual(all.slice(2));
  });

  test('is not what stands inside of a value and looks like a record', () => {
    const journal = new OldJournal();
    const forged = encodeRecord(2, writesOf('forged'));
    // Exactly at the beginning of the record's second block, where the value has begun before.
    const head = encodeRecord(1, writesOf('')).length - bytesBehindRows;
    const value = Buffer.concat([
      Buffer.alloc(blockBytes - head),
      forged,
      Buffer.alloc(blockBytes),
    ]);
    const writes = { ...writesOf(''), rows: [{ key: Buffer.alloc(0), stamp: 7n, value }] };
    journal.append(writes);
    expect(journal.image.subarray(blockBytes, blockBytes + forged.length)).toEqual(forged);
    expect(unstoredIn(journal.image, undefined, false)).toEqual({
      writes: [writes],
      next: journal.next,
    });
  });

  test('is not what looks like a record in the tail of an old one, which a newer one stands over', () => {
    const blocks = fileBytes / blockBytes;
    /** Record 3 stands over the head of record 1, whose value looks like this one at a block. */
    const withForged = (sequence: number): [Buffer, JournalPosition] => {
      const journal = new OldJournal();
      const record = encodeRecord(sequence, writesOf('forged'));
      const head = encodeRecord(1, writesOf('')).length - bytesBehindRows;
      const value = Buffer.concat([Buffer.alloc(3 * blockBytes - head), record]);
      journal.append({ ...writesOf(''), rows: [{ key: Buffer.alloc(0), stamp: 7n, value }] });
      journal.append(writesOf('up to the end', fileBytes - 5 * blockBytes));
      const place = journal.next;
      journal.release(place.sequence);
      journal.append(writesOf('newest'));
      expect(journal.next).toEqual({ sequence: 4, at: blockBytes });
      const at = 3 * blockBytes;
      expect(journal.image.subarray(at, at + record.length)).toEqual(record);
      return [journal.image, place];
    };
    for (const sequence of [4 + blocks, 2 ** 40]) {
      const [image, place] = withForged(sequence);
      expect(unstoredIn(image, place, false).writes).toEqual([writesOf('newest')]);
    }
    // So far on, one that waits for LMDB may be.
    expect(damageIn(...withForged(3 + blocks))).toBe('record 4 is gone, and there are later ones');
  });

  test('is nothing in a file that was never written, or not made to its end', () => {
    for (const bytes of [fileBytes, 0, 17, 3 * blockBytes]) {
      const found = unstoredIn(Buffer.alloc(bytes), undefined, false);
      expect(found).toEqual({ writes: [], next: { sequence: 1, at: 0 } });
    }
  });

  test('is nothing when LMDB has it all, whatever older records stand there', () => {
    const { image, place } = journalOf(6, 6);
    expect(unstoredIn(image, place, false)).toEqual({ writes: [], next: place });
  });
});

describe('damage', () => {
  test('to an acknowledged record before the last one is said, wherever it is', () => {
    const { image, place, places } = journalOf(8, 2);
    for (const [index, at] of places.entries()) {
      for (const offset of [0, 5, 9, 17, 100, blockBytes + 3]) {
        const damaged = Buffer.from(image);
        damaged[at + offset] = (damaged[at + offset] as number) ^ 0x20;
        const said = damageIn(damaged, place);
        // Those that LMDB has are needed no more; the last looks as if it had been torn.
        if (index < 2 || index === 7) expect(said).toBeUndefined();
        else expect(said).toBe(`record ${index + 1} is gone, and there are later ones`);
      }
    }
  });

  test('to the last record that was moved on is said where nothing came after it', () => {
    const { image, place, places } = journalOf(6, 6);
    image.fill(0, places[5], (places[5] as number) + 40);
    expect(damageIn(image, place)).toBe('record 6 is gone, the last that was moved on from it');
    expect(damageIn(Buffer.alloc(fileBytes), place)).toContain('record 6 is gone');
    // Unless the file was taken away with it before.
    expect(unstoredIn(Buffer.alloc(fileBytes), place, true)).toEqual({ writes: [], next: place });
  });

  test('by which the file became shorter is said', () => {
    const { image, place, places } = journalOf(6, 3);
    for (const bytes of [fileBytes - 1, fileBytes / 2, places[4] as number, 100]) {
      expect(damageIn(image.subarray(0, bytes), place)).toBe(`it was cut: ${bytes} bytes are left`);
    }
    expect(damageIn(image.subarray(0, places[4]), undefined)).toContain('it was cut');
    const short = Buffer.alloc(3 * blockBytes);
    expect(damageIn(short, place)).toContain('it was cut');
    // A new file in the place of the one that was taken away, and then no room on the disk to write it to its end.
    expect(unstoredIn(short, place, true)).toEqual({ writes: [], next: place });
    expect(() => unstoredIn(image.subarray(0, places[4]), place, true)).toThrow('it was cut');
  });

  test('is a file of an older state: LMDB has got further', () => {
    const { image } = journalOf(6, 3);
    const { place } = journalOf(9, 9);
    expect(damageIn(image, place)).toBe('record 9 is gone, the last that was moved on from it');
  });

  test('is metadata of an older state: records that it lacks were overwritten', () => {
    const journal = new OldJournal();
    journal.append(writesOf('first', 3 * kilobyte * kilobyte));
    const old = journal.next;
    for (let round = 0; round < 6; round += 1) {
      journal.release(journal.next.sequence);
      journal.append(writesOf(`later ${round}`, 3 * kilobyte * kilobyte));
    }
    expect(damageIn(journal.image, old)).toBe('record 2 is gone, and there are later ones');
    // However far on they are.
    const far = new OldJournal({ sequence: 100_000, at: 0 });
    far.append(writesOf('much later'));
    expect(damageIn(far.image, undefined)).toBe('record 1 is gone, and there are later ones');
    expect(damageIn(far.image, old)).toBe('record 1 is gone, the last that was moved on from it');
  });

  test('is a whole record that nobody understands', () => {
    const { image, place, places } = journalOf(3, 1);
    const at = places[1] as number;
    const length = 20 + image.readUInt32BE(at + 4);
    // The number of rows.
    image[at + 23] = 9;
    sealed(image.subarray(at, at + length));
    expect(damageIn(image, place)).toBe('record 2 says what nobody understands');
  });
});
