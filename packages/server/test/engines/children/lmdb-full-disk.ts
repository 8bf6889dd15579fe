// Commits until the disk refuses (the parent limits the size of files), then reports what happened.
import { openLmdbWriter } from '../../../src/engines/embedded/index.ts';
import { stampBytes } from '../open-lmdb.ts';

const [path = ''] = process.argv.slice(2);
const writers = 8;
const fatal: string[] = [];
const unhandled: string[] = [];
process.on('unhandledRejection', (error) => unhandled.push(String(error)));

const onFatal = (error: Error): void => void fatal.push(String(error));
const { metadata } = await openLmdbWriter({ path, onFatal, stampBytes });
const acknowledged: string[] = [];
const refusals = new Set<string>();

async function write(writer: number): Promise<void> {
  for (let round = 0; round < 10_000; round += 1) {
    const name = `row/${writer}/${round}`;
    try {
      await metadata.commit({ set: [{ key: Buffer.from(name), value: Buffer.alloc(8_000, 'v') }] });
      acknowledged.push(name);
    } catch (error) {
      refusals.add((error as Error).name);
      return;
    }
  }
}

await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
const later = await metadata
  .commit({ set: [{ key: Buffer.from('later'), value: Buffer.alloc(1) }] })
  .then(
    () => 'done',
    (error: Error) => error.name,
  );
const missing: string[] = [];
for (const name of acknowledged) {
  const { rows } = await metadata.read({ keys: [{ key: Buffer.from(name) }] });
  if (rows[0] === null) missing.push(name);
}
// Rejections that nobody handled are told in a later turn.
await new Promise((resolve) => setTimeout(resolve, 50));
await metadata.close();
const report = { acknowledged, missing, later, fatal, unhandled, refusals: [...refusals] };
process.stdout.write(`${JSON.stringify(report)}\n`);
