// The ring of the journal: what was appended and not released is found again, in order, and nothing else.
import { open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Journal,
  type JournalPlace,
  journalBlockBytes,
  journalStart,
} from '../../src/engines/embedded/journal/journal.ts';
import {
  encodeRecord,
  type JournalRecord,
} from '../../src/engines/embedded/journal/journal-record.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const bytes = 16 * journalBlockBytes;

/** A record that takes so many blocks. */
function recordOf(sequence: number, blocks: number): { record: JournalRecord; encoded: Buffer } {
  const value = Buffer.alloc((blocks - 1) * journalBlockBytes + 1, sequence % 251);
  const rows = [{ key: Buffer.from(`key ${sequence}`), stamp: BigInt(sequence), value }];
  const record = { sequence, writes: { rows, counters: [], stampsBelow: undefined } };
  return { record, encoded: encodeRecord(record, journalBlockBytes) };
}

async function newPath(): Promise<string> {
  return join(await temporaryDirectory(), 'journal');
}

async function recordsAt(path: string, place: JournalPlace): Promise<JournalRecord[]> {
  const { journal, records } = await Journal.open(path, bytes, place);
  await journal.close();
  return records;
}

describe('the journal', () => {
  test('is made whole, for its owner alone, and is empty', async () => {
    const path = await newPath();
    expect(await recordsAt(path, journalStart)).toEqual([]);
    const { size, mode } = await stat(path);
    expect([size, mode & 0o777]).toEqual([bytes, 0o600]);
  });

  test('one that was not made to its end is finished', async () => {
    const path = await newPath();
    await recordsAt(path, journalStart);
    await truncate(path, 3 * journalBlockBytes + 17);
    expect(await recordsAt(path, journalStart)).toEqual([]);
    expect((await stat(path)).size).toBe(bytes);
  });

  test('gives back what was appended and not released, whatever the order of both', async () => {
    // A number appends a record of so many blocks; 0 releases the oldest; -1 opens it anew.
    const step = fc.integer({ min: -1, max: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
        const path = await newPath();
        let { journal } = await Journal.open(path, bytes, journalStart);
        let place = journalStart;
        /** Records that are not released, and where the journal stood before each. */
        const held: { record: JournalRecord; place: JournalPlace }[] = [];
        const reopen = async (): Promise<void> => {
          await journal.close();
          const opened = await Journal.open(path, bytes, place);
          journal = opened.journal;
          expect(opened.records).toEqual(held.map(({ record }) => record));
        };
        for (const some of steps) {
          if (some === -1) {
            await reopen();
          } else if (some === 0) {
            held.shift();
            place = held[0]?.place ?? journal.next;
            journal.release(place.sequence - 1);
          } else {
            const before = journal.next;
            const { record, encoded } = recordOf(before.sequence, some);
            if (!journal.hasRoom(encoded.length)) {
              await expect(journal.append(encoded)).rejects.toThrow('no room');
              continue;
            }
            await journal.append(encoded);
            held.push({ record, place: before });
          }
        }
        await reopen();
        await journal.close();
      }),
      { numRuns: 60 },
    );
  });

  test('an empty one has room for as much as it is long, and a full one for nothing', async () => {
    const { journal } = await Journal.open(await newPath(), bytes, journalStart);
    expect(journal.hasRoom(bytes)).toBe(true);
    expect(journal.hasRoom(bytes + 1)).toBe(false);
    await journal.append(recordOf(1, 10).encoded);
    expect([
      journal.hasRoom(6 * journalBlockBytes),
      journal.hasRoom(6 * journalBlockBytes + 1),
    ]).toEqual([true, false]);
    await journal.append(recordOf(2, 6).encoded);
    expect(journal.hasRoom(1)).toBe(false);
    journal.release(1);
    expect([
      journal.hasRoom(10 * journalBlockBytes),
      journal.hasRoom(10 * journalBlockBytes + 1),
    ]).toEqual([true, false]);
    await journal.close();
  });

  test('the last record torn by a power cut is not there, and those before it are', async () => {
    const path = await newPath();
    const { journal } = await Journal.open(path, bytes, journalStart);
    const records = [recordOf(1, 2), recordOf(2, 3), recordOf(3, 2)];
    for (const { encoded } of records) await journal.append(encoded);
    await journal.close();
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(300), 0, 300, 5 * journalBlockBytes + 100);
    await file.close();
    const expected = records.slice(0, 2).map(({ record }) => record);
    expect(await recordsAt(path, journalStart)).toEqual(expected);
    // Its place and number are taken by the next one.
    const again = await Journal.open(path, bytes, journalStart);
    const next = recordOf(3, 1);
    await again.journal.append(next.encoded);
    await again.journal.close();
    expect(await recordsAt(path, journalStart)).toEqual([...expected, next.record]);
  });
});
