// The commit socket between a writer and its workers: what reaches the queue, what is answered, who is let
// in, and what either side's end means to the other.
import { once } from 'node:events';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isCertainlyUndone } from '../../../src/core/context/transact.ts';
import { type Commit, type Outcome, ReadOnlyError } from '../../../src/core/ports/metadata.ts';
import { WriterLostError } from '../../../src/engines/embedded/commit-socket/commit-client.ts';
import { commitBytes } from '../../../src/engines/embedded/commit-socket/commit-codec.ts';
import {
  encodeHello,
  encodeSubmit,
  encodeWelcome,
  submitBytesMax,
} from '../../../src/engines/embedded/commit-socket/frames.ts';
import { CommitClient, CommitServer } from '../../../src/engines/embedded/commit-socket/index.ts';
import type { CommitSink } from '../../../src/engines/embedded/metadata/commit-queue.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const epoch = Buffer.from('010203040506', 'hex');

function commit(name: string, bytes = 1): Commit {
  return { set: [{ key: Buffer.from(name), value: Buffer.alloc(bytes) }] };
}

function submitFrame(name: string): Buffer {
  return encodeSubmit(1, { items: [commit(name)], bytes: commitBytes(commit(name)) });
}

function nameOf({ set = [] }: Commit): string {
  return set[0]?.key.toString() ?? '';
}

function madeWith(stamp: bigint): Outcome {
  return { ok: true, stamp };
}

/** A queue that answers when told. */
class ManualSink implements CommitSink {
  readonly heard: string[][] = [];
  readonly #answers: ((outcomes: Outcome[] | Error) => void)[] = [];
  #onHeard: (() => void) | undefined;

  submit(commits: readonly Commit[]): Promise<Outcome[]> {
    this.heard.push(commits.map(nameOf));
    this.#onHeard?.();
    return new Promise((resolve, reject) => {
      this.#answers.push((answer) => {
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
    });
  }

  /** Answers what was submitted as the n-th. */
  answer(index: number, answer: Outcome[] | Error): void {
    this.#answers[index]?.(answer);
  }

  async hasHeard(count: number): Promise<void> {
    while (this.heard.length < count) {
      await new Promise<void>((resolve) => {
        this.#onHeard = resolve;
      });
    }
  }

  async close(): Promise<void> {}
}

interface Pair {
  readonly directory: string;
  readonly sink: ManualSink;
  readonly server: CommitServer;
  readonly client: CommitClient;
  readonly lost: Error[];
}

async function listen(sink: CommitSink, within?: string): Promise<[string, CommitServer]> {
  const directory = within ?? (await temporaryDirectory());
  const admits = (other: Buffer): boolean => other.equals(epoch);
  const server = await CommitServer.listen({ directory, sink, admits });
  onTestFinished(() => server.close());
  return [directory, server];
}

async function pair(within?: string): Promise<Pair> {
  const sink = new ManualSink();
  const lost: Error[] = [];
  const [directory, server] = await listen(sink, within);
  const onLost = (error: Error): void => void lost.push(error);
  const client = await CommitClient.connect({ directory, epoch, onLost });
  return { directory, sink, server, client, lost };
}

function outcomeOf(submitted: Promise<Outcome[]>): Promise<unknown> {
  return submitted.then(
    (outcomes) => outcomes.map((outcome) => (outcome.ok ? outcome.stamp : outcome.conflict)),
    (error: unknown) => error,
  );
}

describe('submissions', () => {
  test('are many at once, reach the queue in order, and get each its own answer', async () => {
    const { sink, client, lost } = await pair();
    const answers = [
      outcomeOf(client.submit([commit('a')])),
      outcomeOf(client.submit([commit('b'), commit('c')])),
      outcomeOf(client.submit([commit('d')])),
    ];
    await sink.hasHeard(3);
    expect(sink.heard).toEqual([['a'], ['b', 'c'], ['d']]);
    sink.answer(2, [madeWith(4n)]);
    expect(await answers[2]).toEqual([4n]);
    sink.answer(1, [madeWith(2n), { ok: false, conflict: Buffer.from('c'), row: null }]);
    expect(await answers[1]).toEqual([2n, Buffer.from('c')]);
    sink.answer(0, [madeWith(1n)]);
    expect(await answers[0]).toEqual([1n]);
    expect(await client.submit([])).toEqual([]);
    await client.close();
    expect(lost).toEqual([]);
  });

  test('beyond the window wait their turn', async () => {
    const { sink, client } = await pair();
    const large = submitBytesMax / 4;
    const answers = Array.from({ length: 6 }, (_, index) =>
      outcomeOf(client.submit([commit(`${index}`, large)])),
    );
    await sink.hasHeard(3);
    // A fourth does not fit beside their keys; nothing else was sent, whatever time passes.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sink.heard.flat()).toEqual(['0', '1', '2']);
    for (let index = 0; index < 6; index += 1) {
      await sink.hasHeard(index + 1);
      sink.answer(index, [madeWith(BigInt(index))]);
      expect(await answers[index]).toEqual([BigInt(index)]);
    }
    expect(sink.heard.flat()).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('larger than a frame arrive in several, and are answered as one', async () => {
    const { sink, client } = await pair();
    const commits = Array.from({ length: 9 }, (_, index) => commit(`${index}`, 4_000_000));
    const answer = outcomeOf(client.submit(commits));
    for (let done = 0, part = 0; done < 9; part += 1) {
      await sink.hasHeard(part + 1);
      const names = sink.heard[part] ?? [];
      sink.answer(
        part,
        names.map((name) => madeWith(BigInt(name))),
      );
      done += names.length;
    }
    expect(sink.heard.length).toBeGreaterThan(1);
    expect(await answer).toEqual(commits.map((_, index) => BigInt(index)));
  });

  test('conflicts with very large rows come back whole', async () => {
    const { sink, client } = await pair();
    const commits = Array.from({ length: 6 }, (_, index) => commit(`${index}`));
    const submitted = client.submit(commits);
    await sink.hasHeard(1);
    const conflicts = commits.map((_, index): Outcome => {
      const conflict = Buffer.from(`${index}`);
      const value = Buffer.alloc(4_000_000, index);
      return { ok: false, conflict, row: { key: conflict, stamp: BigInt(index), value } };
    });
    sink.answer(0, conflicts);
    const outcomes = await submitted;
    expect(outcomes).toHaveLength(6);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.ok || outcome.row === null) throw new Error('a conflict was lost');
      expect(outcome.conflict.toString()).toBe(`${index}`);
      expect(outcome.row.value.equals(Buffer.alloc(4_000_000, index))).toBe(true);
    }
  });

  test('that fail say whether the outcome is known', async () => {
    const { sink, client } = await pair();
    const unknown = outcomeOf(client.submit([commit('a')]));
    const readOnly = outcomeOf(client.submit([commit('b')]));
    await sink.hasHeard(2);
    sink.answer(0, new Error('the disk said no'));
    sink.answer(1, new ReadOnlyError('restart the server'));
    expect(await unknown).toMatchObject({ name: 'Error', message: 'the disk said no' });
    expect(await readOnly).toBeInstanceOf(ReadOnlyError);
    expect(isCertainlyUndone(await unknown)).toBe(false);
  });
});

describe('the end', () => {
  test('asked for by a worker waits for its answers, and is told to nobody', async () => {
    const { sink, client, lost } = await pair();
    const answer = outcomeOf(client.submit([commit('a')]));
    await sink.hasHeard(1);
    let isClosed = false;
    const closing = client.close().then(() => {
      isClosed = true;
    });
    await expect(client.submit([commit('b')])).rejects.toThrow(/closed/);
    expect(isClosed).toBe(false);
    sink.answer(0, [madeWith(1n)]);
    await closing;
    await client.close();
    expect(await answer).toEqual([1n]);
    expect(lost).toEqual([]);
  });

  test('of the writer leaves outcomes unknown, and the worker hears of it once', async () => {
    const { sink, server, client, lost } = await pair();
    const answer = outcomeOf(client.submit([commit('a')]));
    await sink.hasHeard(1);
    await server.close();
    const error = await answer;
    expect(error).toBeInstanceOf(WriterLostError);
    expect(isCertainlyUndone(error)).toBe(false);
    await expect(client.submit([commit('b')])).rejects.toThrow(WriterLostError);
    expect(lost).toHaveLength(1);
    await client.close();
    // The queue's late answer finds nobody.
    sink.answer(0, [madeWith(1n)]);
  });

  test('of a worker does not trouble the writer or the others', async () => {
    const { directory, sink, client } = await pair();
    const other = await CommitClient.connect({ directory, epoch, onLost: () => undefined });
    void outcomeOf(other.submit([commit('theirs')]));
    await sink.hasHeard(1);
    const raw = connect(join(directory, 'commit.sock'));
    raw.on('error', () => undefined);
    await once(raw, 'connect');
    raw.write(encodeHello(epoch));
    const frame = submitFrame('half');
    raw.write(frame.subarray(0, frame.length - 3));
    raw.destroy();
    const answer = outcomeOf(client.submit([commit('ours')]));
    await sink.hasHeard(2);
    sink.answer(1, [madeWith(2n)]);
    expect(await answer).toEqual([2n]);
    // Half a frame is none.
    expect(sink.heard).toEqual([['theirs'], ['ours']]);
  });
});

describe('who is let in', () => {
  test('the socket is its owner’s alone, also in a folder with a very long path', async () => {
    const directory = join(await temporaryDirectory(), 'x'.repeat(100), 'y'.repeat(100));
    await mkdir(directory, { recursive: true });
    const { client, sink } = await pair(directory);
    expect((await stat(join(directory, 'commit.sock'))).mode & 0o777).toBe(0o600);
    const answer = outcomeOf(client.submit([commit('a')]));
    await sink.hasHeard(1);
    sink.answer(0, [madeWith(1n)]);
    expect(await answer).toEqual([1n]);
  });

  test('a file that a killed writer left is no obstacle', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'commit.sock'), '');
    const { client } = await pair(directory);
    await client.close();
  });

  test('a worker that the writer does not know is refused', async () => {
    const [directory] = await listen(new ManualSink());
    const lost: Error[] = [];
    const stranger = CommitClient.connect({
      directory,
      epoch: Buffer.alloc(6),
      onLost: (error) => void lost.push(error),
    });
    await expect(stranger).rejects.toThrow(/none of this server/);
    expect(lost).toEqual([]);
  });

  test('where no writer listens, the worker is told', async () => {
    const directory = await temporaryDirectory();
    const nobody = CommitClient.connect({ directory, epoch, onLost: () => undefined });
    await expect(nobody).rejects.toThrow(/cannot be reached/);
  });

  test.each([
    ['another version', Buffer.concat([Buffer.from('0000000901ffff', 'hex'), epoch])],
    ['commits before a hello', submitFrame('a')],
    ['a second hello', Buffer.concat([encodeHello(epoch), encodeHello(epoch)])],
    ["the writer's own frames", encodeWelcome()],
    ['rubbish', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('%s ends the connection, and nothing reaches the queue', async (_what, bytes) => {
    const sink = new ManualSink();
    const [directory] = await listen(sink);
    const socket = connect(join(directory, 'commit.sock'));
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'connect');
    socket.write(bytes);
    await once(socket, 'close');
    expect(sink.heard).toEqual([]);
  });
});
