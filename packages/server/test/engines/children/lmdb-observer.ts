// Reads the data of another process's writer, as a worker does. In each round it reads once, waits
// for a line without giving up its turn, and reads again: the second read must see what was committed
// between. `keeps-view` is the mutant: it reads as one does who does not know of resetReadTxn.
import { readSync, writeSync } from 'node:fs';
import { LmdbReader } from '../../../src/engines/embedded/metadata/lmdb-reader.ts';
import { openTables } from '../../../src/engines/embedded/metadata/lmdb-tables.ts';
import { decodePayload } from '../../../src/engines/embedded/metadata/row-value.ts';
import { viewOf } from '../../contract/metadata/short-hand.ts';

const [path = '', rounds = '', how = ''] = process.argv.slice(2);
const key = Buffer.from('observed');
const inputFd = 0;
const outputFd = 1;

async function opened(): Promise<() => Promise<string>> {
  if (how === 'keeps-view') {
    const tables = await openTables(path, 'read');
    return async () => {
      const bytes = tables.rows.get(key);
      return bytes === undefined ? '' : decodePayload(bytes).toString();
    };
  }
  const reader = await LmdbReader.open(path);
  return async () => {
    const view = await viewOf(reader, {
      keys: [key],
      ranges: [{ from: Buffer.from('o'), to: Buffer.from('p'), limit: 1 }],
    });
    const [byKey, byRange] = [view.rows[0], view.ranges[0]?.[0]];
    return byKey?.stamp === byRange?.stamp ? (byKey?.value.toString() ?? '') : 'torn';
  };
}

/** Blocks, so that no timer can renew a view. */
function waitForLine(): void {
  const byte = Buffer.alloc(1);
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      if (readSync(inputFd, byte) === 0) process.exit(1);
      if (byte[0] === 0x0a) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(sleeper, 0, 0, 0.05);
    }
  }
}

const read = await opened();
for (let round = 0; round < Number(rounds); round += 1) {
  await read();
  writeSync(outputFd, 'ready\n');
  waitForLine();
  writeSync(outputFd, `${await read()}\n`);
}
