// The server that crash tests kill: started like any other, with one seam replaced where a mutant is asked
// for. It reads its data folder as the first line of standard input, so that a test can have the next
// server ready while one still runs; prints one JSON line when it answers; ends when its input ends.
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOsskeep } from '../../src/index.ts';
import { fileSystemOf, type Mutant, metadataOf } from './mutants.ts';

export interface Orders {
  readonly data: string;
  readonly mutant: Mutant;
  /** Sweeps all the time, with so short a grace, ms; absent: as every server does. */
  readonly graceMs?: number | undefined;
}

export interface Ready {
  readonly port: number;
  readonly region: string;
}

const rootKey = { accessKeyId: 'crash-test-key', accessKeySecret: 'crash-test-secret' };

async function serve({ data, mutant, graceMs }: Orders): Promise<void> {
  const server = await startOsskeep(
    { data, rootKey },
    { fileSystem: fileSystemOf(mutant), wrapMetadata: metadataOf(mutant), graceMs },
  );
  const ready: Ready = { port: server.port, region: server.region };
  console.log(JSON.stringify(ready));
  while (graceMs !== undefined) {
    const { failures } = await server.store.sweeper.runOnce();
    for (const failure of failures) console.error(failure);
    await sleep(graceMs);
  }
}

// A process that is killed would not write it.
flushCompileCache();
const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => void serve(JSON.parse(line) as Orders));
lines.once('close', () => process.exit());
