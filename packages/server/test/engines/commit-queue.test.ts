// The queue before the writer: what waits shares a transaction, in order, and a failure ends it all.
import { describe, expect, test } from 'vitest';
import { type Commit, type Outcome, ReadOnlyError } from '../../src/core/ports/metadata.ts';
import { CommitQueue } from '../../src/engines/embedded/metadata/commit-queue.ts';

function commit(name: string, bytes = 1): Commit {
  return { set: [{ key: Buffer.from(name), value: Buffer.alloc(bytes) }] };
}

function nameOf(commit: Commit): string {
  return commit.set?.[0]?.key.toString() ?? '';
}

/** A writer that answers when told, with the position of each commit in all that it was given. */
class ManualWriter {
  readonly batches: string[][] = [];
  readonly #ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #count = 0n;

  readonly run = async (commits: readonly Commit[]): Promise<Outcome[]> => {
    this.batches.push(commits.map(nameOf));
    await new Promise<void>((resolve, reject) => {
      this.#ends.push({ resolve, reject });
    });
    return commits.map(() => {
      this.#count += 1n;
      return { ok: true, stamp: this.#count };
    });
  };

  async flush(): Promise<void> {
    await settle();
    this.#ends.shift()?.resolve();
    await settle();
  }

  async fail(error: Error): Promise<void> {
    await settle();
    this.#ends.shift()?.reject(error);
    await settle();
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function stamps(outcomes: readonly Outcome[]): bigint[] {
  return outcomes.map((outcome) => (outcome.ok ? outcome.stamp : -1n));
}

function neverFatal(error: Error): void {
  throw error;
}

describe('the commit queue', () => {
  test('what comes while a transaction runs shares the next one, each with its own answer', async () => {
    const writer = new ManualWriter();
    const queue = new CommitQueue(writer.run, neverFatal);
    const first = [queue.submit([commit('a')]), queue.submit([commit('b')])];
    await settle();
    const second = [
      queue.submit([commit('c')]),
      queue.submit([commit('d'), commit('e')]),
      queue.submit([commit('f')]),
    ];
    await writer.flush();
    expect((await Promise.all(first)).map(stamps)).toEqual([[1n], [2n]]);
    await writer.flush();
    expect((await Promise.all(second)).map(stamps)).toEqual([[3n], [4n, 5n], [6n]]);
    expect(writer.batches).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e', 'f'],
    ]);
    expect(await queue.submit([])).toEqual([]);
  });

  test('a transaction has an end: many or large commits are taken in several', async () => {
    const writer = new ManualWriter();
    const queue = new CommitQueue(writer.run, neverFatal);
    const large = Array.from({ length: 6 }, (_, index) =>
      queue.submit([commit(`large ${index}`, 4_000_000)]),
    );
    const many = Array.from({ length: 5 }, (_, part) =>
      queue.submit(Array.from({ length: 1_000 }, (_, index) => commit(`${part} ${index}`))),
    );
    for (let flushes = 0; flushes < 10; flushes += 1) await writer.flush();
    await Promise.all([...large, ...many]);
    expect(writer.batches.map((batch) => batch.length)).toEqual([4, 1_002, 2_000, 2_000]);
  });

  test('one submission larger than that goes through alone', async () => {
    const writer = new ManualWriter();
    const queue = new CommitQueue(writer.run, neverFatal);
    const commits = Array.from({ length: 30 }, (_, index) => commit(`${index}`, 1_000_000));
    const answer = queue.submit(commits);
    await writer.flush();
    expect(await answer).toHaveLength(30);
  });

  test('after a failure nothing is tried again: unknown for its own, read-only for the rest', async () => {
    const writer = new ManualWriter();
    const fatal: Error[] = [];
    const queue = new CommitQueue(writer.run, (error) => fatal.push(error));
    const running = queue.submit([commit('running')]);
    await settle();
    const waiting = queue.submit([commit('waiting')]);
    const failure = new Error('the disk said no');
    const heard = Promise.allSettled([running, waiting]);
    await writer.fail(failure);
    const [unknown, readOnly] = await heard;
    expect(unknown).toEqual({ status: 'rejected', reason: failure });
    expect(readOnly).toMatchObject({ status: 'rejected', reason: expect.any(ReadOnlyError) });
    await expect(queue.submit([commit('later')])).rejects.toThrow(ReadOnlyError);
    expect(fatal).toEqual([failure]);
    expect(writer.batches).toEqual([['running']]);
    await queue.close();
  });

  test('a transaction that cannot begin is fatal too', async () => {
    const fatal: Error[] = [];
    const queue = new CommitQueue(
      () => Promise.reject(new Error('no lock')),
      (error) => fatal.push(error),
    );
    await expect(queue.submit([commit('a')])).rejects.toThrow('no lock');
    await expect(queue.submit([commit('b')])).rejects.toThrow(ReadOnlyError);
    expect(fatal).toHaveLength(1);
  });

  test('closing waits for what was submitted and refuses what comes later', async () => {
    const writer = new ManualWriter();
    const queue = new CommitQueue(writer.run, neverFatal);
    const running = queue.submit([commit('a')]);
    let isClosed = false;
    const closing = queue.close().then(() => {
      isClosed = true;
    });
    await settle();
    expect(isClosed).toBe(false);
    await expect(queue.submit([commit('b')])).rejects.toThrow(/closed/);
    await writer.flush();
    await closing;
    expect(stamps(await running)).toEqual([1n]);
  });
});
