// The server that crash tests kill: started like any other, with one seam replaced where a mutant is asked
// for. It reads its data folder as the first line of standard input, so that a test can have the next
// server ready while one still runs; prints one JSON line when it answers; ends when its input ends.
import cluster from 'node:cluster';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Osskeep, serveOsskeep } from '../../src/index.ts';
import { fastPath } from '../support/fast-path.ts';
import { type CrashPoint, type WorkerOrders, workerOrders } from './crash-points.ts';
import { fileSystemOf, type Mutant, metadataOf } from './mutants.ts';

export interface Orders {
  readonly data: string;
  readonly mutant: Mutant;
  /** Sweeps all the time, with so short a grace, ms; absent: as every server does. */
  readonly graceMs?: number | undefined;
  /** 1 when absent. With more, they have the mutant and reach the point; the writer is as it should be. */
  readonly workers?: number | undefined;
  readonly point?: CrashPoint | undefined;
}

export interface Ready {
  readonly port: number;
  readonly region: string;
}

/** Told of every worker that comes after. */
export interface Listening {
  readonly listening: number;
}

const rootKey = { accessKeyId: 'crash-test-key', accessKeySecret: 'crash-test-secret' };

async function serve({ data, mutant, graceMs, workers = 1, point }: Orders): Promise<void> {
  process.env[workerOrders] = JSON.stringify({ mutant, point } satisfies WorkerOrders);
  const own = workers > 1 ? 'none' : mutant;
  const server = (await serveOsskeep(
    { data, rootKey, workers, fastPath },
    {
      fileSystem: fileSystemOf(own),
      wrapMetadata: metadataOf(own),
      graceMs,
      workerProgram: fileURLToPath(new URL('./crash-worker.ts', import.meta.url)),
      // Killed again and again is what they are here for.
      restarts: { earlyMs: 0 },
    },
  )) as Osskeep;
  const ready: Ready = { port: server.port, region: server.region };
  console.log(JSON.stringify(ready));
  cluster.on('listening', ({ process: { pid = 0 } }) => {
    console.log(JSON.stringify({ listening: pid } satisfies Listening));
  });
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
