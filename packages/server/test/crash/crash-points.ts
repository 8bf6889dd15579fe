// Points on the way of a PUT at which a worker kills itself, the writer, or everybody.
import { linkSync, writeFileSync } from 'node:fs';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import type { FileSystem } from '../../src/engines/embedded/disk/file-system.ts';
import { fileWith } from '../engines/wrapped-file-system.ts';
import type { Mutant } from './mutants.ts';

export type Victim = 'worker' | 'writer' | 'all';

export const pointNames = ['body-written', 'commit-sent', 'commit-made'] as const;

export interface CrashPoint {
  readonly at: (typeof pointNames)[number];
  /** How often the point is passed before. */
  readonly after: number;
  readonly victim: Victim;
  /** Made by the one that reaches the point first: with its process id. */
  readonly file: string;
}

/** What the server's worker finds in its environment. */
export interface WorkerOrders {
  readonly mutant: Mutant;
  readonly point?: CrashPoint | undefined;
}

export const workerOrders = 'OSSKEEP_CRASH_TEST';

export interface Crashing {
  fileSystem(inner: FileSystem): FileSystem;
  metadata(inner: Metadata): Metadata;
}

export function crashingAt(point: CrashPoint | undefined): Crashing {
  let left = point?.after ?? 0;
  const pass = (at: CrashPoint['at']): void => {
    if (point?.at !== at) return;
    left -= 1;
    if (left < 0) crash(point);
  };
  return {
    fileSystem: (inner) => ({
      ...inner,
      create: async (path) =>
        fileWith(await inner.create(path), (file) => ({
          fdatasync: async () => {
            await file.fdatasync();
            pass('body-written');
          },
        })),
    }),
    metadata: (inner) => ({
      inlineBytesMax: inner.inlineBytesMax,
      read: (query) => inner.read(query),
      readChanged: (key, known) => inner.readChanged(key, known),
      counters: (key) => inner.counters(key),
      commit: async (commit) => {
        const made = inner.commit(commit);
        // It leaves with the end of this round of the event loop.
        setImmediate(() => setImmediate(() => pass('commit-sent')));
        const outcome = await made;
        pass('commit-made');
        return outcome;
      },
      commitMany: (commits) => inner.commitMany(commits),
      close: () => inner.close(),
    }),
  };
}

function crash({ victim, file }: CrashPoint): void {
  try {
    // Seen with its content or not at all: who waits for this process's end has to know which it is.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, `${process.pid}`);
    linkSync(own, file);
  } catch {
    // Another worker was there before.
    return;
  }
  // The server leads a group of its own.
  if (victim === 'all') process.kill(-process.ppid, 'SIGKILL');
  else process.kill(victim === 'writer' ? process.ppid : process.pid, 'SIGKILL');
}
