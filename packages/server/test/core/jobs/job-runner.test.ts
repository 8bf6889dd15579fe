// Rounds of background work: when they come, one at a time, who hears of failures, where the next goes on,
// and that nothing is left of them after the end.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ProcessLease } from '../../../src/core/context/process-lease.ts';
import type { Done, Job, Round } from '../../../src/core/jobs/job.ts';
import type { CursorStore } from '../../../src/core/jobs/job-cursor.ts';
import { JobRunner } from '../../../src/core/jobs/job-runner.ts';
import { MemoryMetadata } from '../../../src/engines/memory/memory-metadata.ts';
import { systemRandom } from '../../support/system-random.ts';
import { rowsOf } from '../invariants.ts';
import { TestClock } from '../test-store.ts';

const intervalMs = 1000;

/** What a runner needs of a process of the store. */
async function processOf(metadata: MemoryMetadata): Promise<CursorStore> {
  const lease = new ProcessLease(metadata, new TestClock(), systemRandom.bytes(6));
  await lease.begin();
  return { metadata, lease };
}

async function runner(core?: CursorStore, runsNodeJobs = true) {
  const heard: string[] = [];
  const onFailure = (error: unknown, job: string): void => {
    heard.push(`${job}: ${(error as Error).message}`);
  };
  const context = core ?? (await processOf(new MemoryMetadata()));
  return { jobs: new JobRunner(context, { runsNodeJobs, onFailure }), heard };
}

function job<Report, At = undefined>(
  round: (round: Round<At>) => Promise<Done<Report, At>>,
  more: Partial<Job<Report, At>> = {},
): Job<Report, At> {
  return { name: 'job', runsOn: 'each-process', intervalMs, round, ...more };
}

/** A job whose rounds end when the test says so. */
function slowJob() {
  const ends: (() => void)[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const slow = job<void>(async () => {
    running += 1;
    mostAtOnce = Math.max(mostAtOnce, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
    return { report: undefined };
  });
  return { slow, ends, most: () => mostAtOnce };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('by timer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('the next round comes an interval after the end of the last', async () => {
    const { jobs } = await runner();
    const { slow, ends } = slowJob();
    jobs.add(slow);
    await vi.advanceTimersByTimeAsync(intervalMs - 1);
    expect(ends).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5 * intervalMs);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(intervalMs);
    expect(ends).toHaveLength(2);
  });

  test('a round by hand waits for the one under way', async () => {
    const { jobs } = await runner();
    const { slow, ends, most } = slowJob();
    const running = jobs.add(slow);
    await vi.advanceTimersByTimeAsync(intervalMs);
    const [first, second] = [running.run(), running.run()];
    await settle();
    expect(ends).toHaveLength(1);
    for (let round = 0; round < 3; round += 1) {
      ends[round]?.();
      await settle();
    }
    await Promise.all([first, second]);
    expect([ends.length, most()]).toEqual([3, 1]);
  });

  test('jobs do not wait for each other', async () => {
    const { jobs } = await runner();
    const { slow, ends } = slowJob();
    const rounds: string[] = [];
    jobs.add(slow);
    jobs.add(job(async () => ({ report: rounds.push('other') }), { name: 'other' }));
    await vi.advanceTimersByTimeAsync(3 * intervalMs);
    expect([ends.length, rounds.length]).toEqual([1, 3]);
  });

  test('failures are heard in one place, and the next round comes all the same', async () => {
    const { jobs, heard } = await runner();
    let rounds = 0;
    jobs.add(
      job(async ({ failed }) => {
        rounds += 1;
        failed(new Error('later'));
        if (rounds === 2) throw new Error('broken');
        return { report: rounds };
      }),
    );
    await vi.advanceTimersByTimeAsync(3 * intervalMs);
    expect(heard).toEqual(['job: later', 'job: later', 'job: broken', 'job: later']);
  });

  test('stop waits for the round under way and leaves no timer', async () => {
    const { jobs } = await runner();
    const { slow, ends } = slowJob();
    jobs.add(slow);
    jobs.add(job(async () => ({ report: 1 }), { name: 'idle' }));
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(intervalMs);
    let isStopped = false;
    const stopped = jobs.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(5 * intervalMs);
    expect([isStopped, vi.getTimerCount()]).toEqual([false, 0]);
    ends[0]?.();
    await stopped;
    await vi.advanceTimersByTimeAsync(5 * intervalMs);
    expect([ends.length, vi.getTimerCount()]).toEqual([1, 0]);
  });

  test('an interval of 0 is never', async () => {
    const { jobs } = await runner();
    const running = jobs.add(job(async () => ({ report: 'by hand' }), { intervalMs: 0 }));
    expect(vi.getTimerCount()).toBe(0);
    expect(await running.run()).toEqual({ report: 'by hand', failures: [] });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what is the whole node’s is run by one process of it, what is its own by each', async () => {
    const { jobs } = await runner(undefined, false);
    const rounds: string[] = [];
    const named = (name: string, runsOn: Job['runsOn']) =>
      jobs.add(job(async () => ({ report: rounds.push(name) }), { name, runsOn }));
    const node = named('node', 'one-node');
    named('own', 'each-process');
    await vi.advanceTimersByTimeAsync(2 * intervalMs);
    expect(await node.run()).toEqual({ failures: [] });
    expect(rounds).toEqual(['own', 'own']);
  });
});

test('after the end has begun no round begins, not even by hand', async () => {
  const { jobs } = await runner();
  let rounds = 0;
  const running = jobs.add(
    job(async () => {
      rounds += 1;
      return { report: rounds };
    }),
  );
  const first = running.run();
  const stopped = jobs.stop();
  const late = running.run();
  expect(await Promise.all([first, late])).toEqual([{ failures: [] }, { failures: [] }]);
  await stopped;
  expect(await running.run()).toEqual({ failures: [] });
  expect(rounds).toBe(0);
});

test('a round that pauses lets others run, and ends at a pause once the store is closed', async () => {
  const { jobs, heard } = await runner();
  let pauses = 0;
  const endless = jobs.add(
    job(async ({ pause }) => {
      for (;;) {
        await pause();
        pauses += 1;
      }
    }),
  );
  const round = endless.run();
  await vi.waitFor(() => expect(pauses).toBeGreaterThan(1));
  const before = pauses;
  await jobs.stop();
  expect(pauses).toBe(before);
  expect(await round).toEqual({ failures: [] });
  expect(heard).toEqual([]);
});

test('by hand: what failed is in the report, and nobody else hears of it', async () => {
  const { jobs, heard } = await runner();
  const bad = new Error('bad');
  const throws = jobs.add(
    job(async () => {
      throw bad;
    }),
  );
  expect(await throws.run()).toEqual({ failures: [bad] });
  expect(heard).toEqual([]);
  await jobs.stop();
});

test('timers keep no process alive', async () => {
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;
  const { jobs } = await runner();
  const before = timers();
  jobs.add(job(async () => ({ report: 1 })));
  expect(timers()).toBe(before);
  await jobs.stop();
});

test('two jobs of one name are refused: they would go on where the other was', async () => {
  const { jobs } = await runner();
  jobs.add(job(async () => ({ report: 1 })));
  expect(() => jobs.add(job(async () => ({ report: 2 })))).toThrow('two jobs named job');
  await jobs.stop();
});

describe('where the next round goes on', () => {
  /** Counts to three and begins anew; fails whenever the test wants. */
  function counter(seen: (number | undefined)[], fails: () => boolean) {
    return async ({ at }: Round<number>): Promise<Done<number, number>> => {
      seen.push(at);
      if (fails()) throw new Error('half of it was done');
      const next = (at ?? 0) + 1;
      return { report: next, next: next < 3 ? next : undefined };
    };
  }
  const storedCursor = {
    encode: (at: number) => Buffer.of(at),
    decode: (bytes: Buffer) => bytes.readUInt8(0),
  };

  test.each([
    ['in memory', {}],
    ['stored', { storedCursor }],
  ])('%s: after a good round behind it, after a bad one where that began', async (_where, more) => {
    const { jobs } = await runner();
    const seen: (number | undefined)[] = [];
    let isBad = false;
    const running = jobs.add(
      job(
        counter(seen, () => isBad),
        { intervalMs: 0, ...more },
      ),
    );
    await running.run();
    isBad = true;
    await running.run();
    isBad = false;
    for (let round = 0; round < 3; round += 1) await running.run();
    expect(seen).toEqual([undefined, 1, 1, 2, undefined]);
  });

  test('a stored one outlives the process, one in memory does not', async () => {
    const metadata = new MemoryMetadata();
    const seen: (number | undefined)[] = [];
    const never = (): boolean => false;
    for (let process = 0; process < 4; process += 1) {
      const { jobs } = await runner(await processOf(metadata));
      const remembers = { name: 'remembers', intervalMs: 0, storedCursor };
      await jobs.add(job(counter(seen, never), remembers)).run();
      await jobs.add(job(counter(seen, never), { name: 'forgets', intervalMs: 0 })).run();
      await jobs.stop();
    }
    const forgets = undefined;
    expect(seen).toEqual([undefined, forgets, 1, forgets, 2, forgets, undefined, forgets]);
    expect((await rowsOf(metadata, 'J')).map(({ key }) => key.toString())).toEqual(['Jremembers']);
  });

  test('a stored one goes when the end is reached', async () => {
    const metadata = new MemoryMetadata();
    const { jobs } = await runner(await processOf(metadata));
    const running = jobs.add(
      job(
        counter([], () => false),
        { intervalMs: 0, storedCursor },
      ),
    );
    const rows: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await running.run();
      rows.push((await rowsOf(metadata, 'J')).length);
    }
    expect(rows).toEqual([1, 1, 0]);
  });

  test('a process that was declared dead does not move it', async () => {
    const metadata = new MemoryMetadata();
    const core = await processOf(metadata);
    const { jobs } = await runner(core);
    const more = { intervalMs: 0, storedCursor };
    const running = jobs.add(
      job(
        counter([], () => false),
        more,
      ),
    );
    await running.run();
    await metadata.commit({ del: [core.lease.fence] });
    const { report, failures } = await running.run();
    expect(report).toBeUndefined();
    expect(String(failures[0])).toContain('FencedError');
    expect((await rowsOf(metadata, 'J'))[0]?.value).toEqual(Buffer.of(1));
  });
});
