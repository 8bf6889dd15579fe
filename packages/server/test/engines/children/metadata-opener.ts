// Opens the metadata of a folder, says so before and after, and waits to be killed.
import { writeSync } from 'node:fs';
import { openLmdb } from '../open-lmdb.ts';

const [path = ''] = process.argv.slice(2);
writeSync(1, 'opening\n');
await openLmdb(path);
writeSync(1, 'open\n');
setInterval(() => undefined, 1_000);
