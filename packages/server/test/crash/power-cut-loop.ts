// Cuts the power under a working server again and again, and compares what is left with what was
// acknowledged. power-cut.test.ts says how often, and with which mutants.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Attempt, bodyOf, Oracle } from './oracle.ts';
import { SignedRequests } from './signed-requests.ts';
import { Volume } from './volume.ts';

export type Mutant = 'none' | 'no-fdatasync' | 'no-directory-fsync' | 'early-acknowledgement';

export interface LoopOptions {
  readonly directory: string;
  readonly cuts: number;
  readonly mutant: Mutant;
  /** Largest body that is stored beside its row; sizes are drawn around it. */
  readonly inlineBytesMax: number;
  readonly seed: number;
  readonly stopAtFirstViolation: boolean;
}

export interface LoopResult {
  readonly cuts: number;
  readonly acknowledged: number;
  readonly overwrites: number;
  readonly violations: readonly string[];
}

const writers = 16;
const server = fileURLToPath(new URL('./crash-server.ts', import.meta.url));

class RandomSource {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly requests: SignedRequests;
}

async function startServer(data: string, mutant: Mutant): Promise<Running> {
  const child = spawn(process.execPath, ['--conditions=osskeep-source', server, data, mutant], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await Promise.race([
    once(child.stdout as NodeJS.ReadableStream, 'data'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code} instead of starting`);
    }),
  ])) as [Buffer];
  const ready = JSON.parse(line.toString()) as { port: number; id: string; secret: string };
  return { child, requests: new SignedRequests(ready.port, ready.id, ready.secret) };
}

export async function powerCutLoop(options: LoopOptions): Promise<LoopResult> {
  const volume = new Volume(options.directory);
  const oracle = new Oracle();
  const violations: string[] = [];
  const random = new RandomSource(options.seed);
  const sizes = sizesAround(options.inlineBytesMax);
  let nextSeed = 1;
  let cuts = 0;
  try {
    let running = await startServer(`${volume.mountPoint}/data`, options.mutant);
    await running.requests.createBucket('powercut');
    while (cuts < options.cuts) {
      const until = { stopped: false };
      const load = Array.from({ length: writers }, (_, writer) =>
        writeUntil(until, async () => {
          const key = `w${writer}/k${random.below(12)}`;
          const attempt = { seed: nextSeed, size: sizes[random.below(sizes.length)] as number };
          nextSeed += 1;
          await write(running.requests, oracle, key, random.below(10) === 0 ? undefined : attempt);
        }),
      );
      await sleep(60 + random.below(240));
      // Stopped first: after the cut a directory's fsync can report success, and the server would
      // acknowledge what is already gone.
      running.child.kill('SIGSTOP');
      await sleep(20);
      until.stopped = true;
      volume.cut();
      cuts += 1;
      running.requests.close();
      running.child.kill('SIGKILL');
      await once(running.child, 'exit');
      await Promise.all(load);
      volume.remount();
      running = await startServer(`${volume.mountPoint}/data`, options.mutant);
      await verify(running.requests, oracle, violations, cuts);
      if (options.stopAtFirstViolation && violations.length > 0) break;
    }
    running.requests.close();
    running.child.kill('SIGKILL');
    await once(running.child, 'exit');
  } finally {
    volume.close();
  }
  const { acknowledgedCount: acknowledged, overwriteCount: overwrites } = oracle;
  return { cuts, acknowledged, overwrites, violations };
}

function sizesAround(inlineBytesMax: number): number[] {
  const near = [-1, 0, 1].map((step) => inlineBytesMax + step);
  return [0, 1, 1_000, 4_096, ...near, 65_535, 65_536, 65_537, 200_000];
}

async function writeUntil(until: { stopped: boolean }, once: () => Promise<void>): Promise<void> {
  while (!until.stopped) {
    try {
      await once();
    } catch {
      return;
    }
  }
}

async function write(
  requests: SignedRequests,
  oracle: Oracle,
  key: string,
  attempt: Attempt | undefined,
): Promise<void> {
  oracle.begin(key, attempt);
  if (attempt === undefined) await requests.delete('powercut', key);
  else await requests.put('powercut', key, bodyOf(attempt));
  oracle.acknowledge(key, attempt);
}

async function verify(
  requests: SignedRequests,
  oracle: Oracle,
  violations: string[],
  cut: number,
): Promise<void> {
  for (const key of oracle.keys()) {
    const allowed = oracle.allowed(key);
    let found: Buffer | undefined;
    try {
      found = await requests.get('powercut', key);
    } catch (error) {
      violations.push(`cut ${cut}: ${key} cannot be read: ${(error as Error).message}`);
      continue;
    }
    const match = allowed.findIndex((attempt) =>
      attempt === undefined ? found === undefined : found?.equals(bodyOf(attempt)),
    );
    if (match === -1) {
      const holds = found === undefined ? 'nothing' : `${found.length} bytes`;
      violations.push(`cut ${cut}: ${key} holds ${holds}, which is none of its allowed values`);
    }
    oracle.settle(key, match === -1 ? undefined : allowed[match]);
  }
}
