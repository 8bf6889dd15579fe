// A worker's way to the writer: the sink of its commits. Any number are under way at once; what is more
// than the window holds waits here, so that no socket buffers without bound.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Commit, type Outcome, ReadOnlyError } from '../../../core/ports/metadata.ts';
import { shortPath } from '../disk/short-path.ts';
import { FrameError } from '../metadata/byte-cursor.ts';
import type { CommitSink } from '../metadata/commit-queue.ts';
import { commitBytes } from './commit-codec.ts';
import { FramedSocket } from './framed-socket.ts';
import {
  decodeWriterFrame,
  encodeHello,
  encodeSubmit,
  socketName,
  submitBytesMax,
  type WriterFrame,
} from './frames.ts';
import { inParts, type Part } from './in-parts.ts';

/** The writer is gone or does not take this worker; what was under way may be made or not. */
export class WriterLostError extends Error {
  override readonly name = 'WriterLostError';
}

interface Submission {
  readonly part: Part<Commit>;
  readonly outcomes: Outcome[];
  resolve(outcomes: Outcome[]): void;
  reject(error: Error): void;
}

export interface CommitClientOptions {
  /** The data folder. */
  readonly directory: string;
  /** This worker's; the writer knows it. */
  readonly epoch: Buffer;
  /** The connection broke: whoever reads on could serve what is no longer true. */
  readonly onLost: (error: WriterLostError) => void;
}

const idsEnd = 2 ** 32;
/** So many bytes of commits are under way at once; a single larger submission goes alone. */
const windowBytes = submitBytesMax;

export class CommitClient implements CommitSink {
  readonly #socket: FramedSocket;
  readonly #onLost: (error: WriterLostError) => void;
  readonly #underWay = new Map<number, Submission>();
  readonly #waiting: Submission[] = [];
  #underWayBytes = 0;
  #nextId = 1;
  #welcome: { resolve(): void; reject(error: Error): void } | undefined;
  #isIn = false;
  #lost: WriterLostError | undefined;
  #isClosed = false;
  #closed: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;
  #onEnd: (() => void) | undefined;

  private constructor(socket: FramedSocket, onLost: (error: WriterLostError) => void) {
    this.#socket = socket;
    this.#onLost = onLost;
  }

  /** Resolves when the writer has taken this worker. */
  static async connect({ directory, epoch, onLost }: CommitClientOptions): Promise<CommitClient> {
    const short = await shortPath(directory);
    try {
      const socket = await connectTo(join(short.path, socketName));
      const framed: FramedSocket = new FramedSocket(socket, {
        onFrame: (frame) => client.#hear(decodeWriterFrame(frame)),
        onEnd: (why) => client.#end(why),
      });
      const client = new CommitClient(framed, onLost);
      await client.#introduce(epoch);
      return client;
    } finally {
      await short.release();
    }
  }

  async submit(commits: readonly Commit[]): Promise<Outcome[]> {
    if (this.#isClosed) throw new Error('The metadata engine is closed.');
    if (this.#lost !== undefined) throw this.#lost;
    if (commits.length === 0) return [];
    const parts = inParts(commits, commitBytes, submitBytesMax);
    // They are sent, and so applied, in this order.
    const outcomes = await Promise.all(parts.map((part) => this.#submit(part)));
    return outcomes.flat();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    if (this.#underWay.size > 0 || this.#waiting.length > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    if (!this.#socket.isOpen) return;
    await new Promise<void>((resolve) => {
      this.#onEnd = resolve;
      this.#socket.end();
    });
  }

  #introduce(epoch: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#welcome = { resolve, reject };
      this.#socket.send(encodeHello(epoch));
    });
  }

  #submit(part: Part<Commit>): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ part, outcomes: [], resolve, reject });
      this.#pump();
    });
  }

  #pump(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const bytes = this.#underWayBytes + next.part.bytes;
      if (bytes > windowBytes && this.#underWay.size > 0) return;
      this.#waiting.shift();
      const id = this.#takeId();
      this.#underWay.set(id, next);
      this.#underWayBytes = bytes;
      this.#socket.send(encodeSubmit(id, next.part));
    }
  }

  #takeId(): number {
    const id = this.#nextId;
    // 0 means the hello.
    this.#nextId = id + 1 === idsEnd ? 1 : id + 1;
    return id;
  }

  #hear(frame: WriterFrame): void {
    if (frame.kind === 'welcome') {
      this.#isIn = true;
      this.#welcome?.resolve();
      this.#welcome = undefined;
    } else if (frame.kind === 'outcomes') {
      const submission = this.#underWay.get(frame.id);
      if (submission === undefined) throw new FrameError('Outcomes of what nobody submitted.');
      submission.outcomes.push(...frame.outcomes);
      if (submission.outcomes.length < submission.part.items.length) return;
      this.#settle(frame.id, submission);
      submission.resolve(submission.outcomes);
    } else if (frame.id === 0) {
      this.#welcome?.reject(new WriterLostError(frame.message));
      this.#welcome = undefined;
    } else {
      const { id, reason, message } = frame;
      const submission = this.#underWay.get(id);
      if (submission === undefined) return;
      this.#settle(id, submission);
      submission.reject(reason === 'read-only' ? new ReadOnlyError(message) : new Error(message));
    }
  }

  #settle(id: number, { part }: Submission): void {
    this.#underWay.delete(id);
    this.#underWayBytes -= part.bytes;
    this.#pump();
    if (this.#underWay.size === 0) this.#onIdle?.();
  }

  #end(why: Error | undefined): void {
    const lost = new WriterLostError(
      'The connection to the writer broke; whether commits under way were made is not known.',
      { cause: why },
    );
    this.#lost = lost;
    this.#welcome?.reject(lost);
    for (const { reject } of [...this.#underWay.values(), ...this.#waiting.splice(0)]) reject(lost);
    this.#underWay.clear();
    this.#onIdle?.();
    this.#onEnd?.();
    // Who asked for the end is not surprised by it.
    if (this.#isIn && this.#onEnd === undefined) this.#onLost(lost);
  }
}

async function connectTo(path: string): Promise<Socket> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new WriterLostError('The writer cannot be reached.', { cause: error });
  }
  return socket;
}
