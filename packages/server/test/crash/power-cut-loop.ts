// Cuts the power under a working server again and again, and compares what is left with what was
// acknowledged. power-cut.test.ts says how often, and with which mutants.
import { setTimeout as sleep } from 'node:timers/promises';
import { type BodyPlan, bodyOf, sizesAround } from '../support/bodies.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import type { SignedRequests } from '../support/signed-requests.ts';
import type { Mutant } from './mutants.ts';
import { Oracle } from './oracle.ts';
import { type ServerProcess, Servers } from './server-process.ts';
import { Volume } from './volume.ts';

export interface LoopOptions {
  readonly directory: string;
  readonly cuts: number;
  readonly mutant: Mutant;
  /** 1: the server is one process. */
  readonly workers: number;
  /** Largest body that is stored beside its row; sizes are drawn around it. */
  readonly inlineBytesMax: number;
  readonly seed: number;
  readonly stopAtFirstViolation: boolean;
  /** Looks at the data folder when all is over, before the disk goes. */
  readonly afterwards?: ((data: string) => Promise<void>) | undefined;
}

export interface LoopResult {
  readonly cuts: number;
  readonly acknowledged: number;
  readonly overwrites: number;
  readonly violations: readonly string[];
}

const writers = 16;
/** Writes of a cut, so that slow machines cut as much work; one that answers nothing is waited for so long. */
const acknowledgedMin = 25;
const patienceMs = 20_000;

export async function powerCutLoop(options: LoopOptions): Promise<LoopResult> {
  const volume = new Volume(options.directory);
  const oracle = new Oracle();
  const violations: string[] = [];
  const random = new SeededRandom(options.seed);
  // The last goes past the kernel's cache, but for its end.
  const sizes = [...sizesAround(options.inlineBytesMax), 4_096, 200_000, 1_300_000];
  const servers = new Servers();
  const { mutant, workers } = options;
  const orders = { data: `${volume.mountPoint}/data`, mutant, workers };
  let nextSeed = 1;
  let cuts = 0;
  let running: ServerProcess | undefined;
  try {
    running = await servers.start(orders);
    await running.requests.createBucket('powercut');
    while (cuts < options.cuts) {
      const until = { stopped: false };
      const { requests } = running;
      const load = Array.from({ length: writers }, (_, writer) =>
        writeUntil(until, async () => {
          const key = `w${writer}/k${random.below(12)}`;
          const attempt = { seed: nextSeed, size: random.pick(sizes) };
          nextSeed += 1;
          await write(requests, oracle, key, random.below(10) === 0 ? undefined : attempt);
        }),
      );
      const goal = oracle.acknowledgedCount + acknowledgedMin;
      const patienceEnds = Date.now() + patienceMs;
      await sleep(60 + random.below(240));
      while (oracle.acknowledgedCount < goal && Date.now() < patienceEnds) await sleep(1);
      // Stopped first: after the cut a directory's fsync can report success, and the server would
      // acknowledge what is already gone.
      running.freeze();
      await sleep(20);
      until.stopped = true;
      volume.cut();
      cuts += 1;
      await running.kill();
      await Promise.all(load);
      volume.remount();
      running = await servers.start(orders);
      await verify(running.requests, oracle, violations, cuts);
      if (options.stopAtFirstViolation && violations.length > 0) break;
    }
    await running.kill();
    await options.afterwards?.(orders.data);
  } finally {
    await running?.kill();
    servers.close();
    volume.close();
  }
  const { acknowledgedCount: acknowledged, overwriteCount: overwrites } = oracle;
  return { cuts, acknowledged, overwrites, violations };
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
  attempt: BodyPlan | undefined,
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
