// Stopping gives back what a server took: threads, handles, timers, and the memory that uploads are written
// from; however often one is started, beside others in the same process, and with workers. Looked at in a
// process of its own, whose garbage is collected when the test wants it.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Report } from './children/what-is-left.ts';

const program = fileURLToPath(new URL('./children/what-is-left.ts', import.meta.url));

test('nothing is left of a server that was stopped', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  const report = JSON.parse(stdout) as Report;
  const { before, running, oneStopped, bothStopped, again } = report;
  // Two servers: while they run everything is seen that must be gone later.
  expect(running.memories).toBe(2);
  expect(running.threads).toBe(availableParallelism() > 1 ? 2 : 0);
  expect(running.resources).toMatchObject({ TCPSERVERWRAP: 6, PIPESERVERWRAP: 2 });
  expect(running.resources['Timeout']).toBeGreaterThan(2);
  expect(running.handles.length).toBeGreaterThan(before.handles.length);
  expect(oneStopped.memories).toBe(1);
  expect(oneStopped.threads).toBe(running.threads / 2);
  expect(oneStopped.resources).toMatchObject({ TCPSERVERWRAP: 3, PIPESERVERWRAP: 1 });
  // Before them one had been started and stopped as well.
  expect(before).toMatchObject({ threads: 0, memories: 0 });
  expect(before.resources['Timeout']).toBeUndefined();
  expect(before.resources['FILEHANDLE']).toBeUndefined();
  expect(bothStopped).toEqual(before);
  expect(again).toEqual(before);
  // What a primary takes is its listeners, and what leads to its workers.
  expect(report.workersRunning.resources).toMatchObject({ PROCESSWRAP: 2, TCPSERVERWRAP: 3 });
  expect(report.workersStopped).toEqual(before);
}, 120_000);
