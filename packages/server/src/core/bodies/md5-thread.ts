// MD5 in a thread of its own: it is half of what a large upload costs, it cannot be split, and beside it
// everything else can go on. One thread a process, started by the first upload that wants it.
import { Worker } from 'node:worker_threads';
import type { Md5Answer, Md5Request } from './md5-worker.ts';

interface Asked {
  resolve(answer: Md5Answer): void;
  reject(error: Error): void;
}

/** `.ts` among the sources, `.js` in `dist`. */
const program = new URL(`./md5-worker${import.meta.url.slice(-3)}`, import.meta.url);

export class Md5Thread {
  readonly #program: URL;
  #worker: Worker | undefined;
  /** In the order asked, which is the order answered. */
  #asked: Asked[] = [];
  #nextStream = 0;

  constructor(file: URL = program) {
    this.#program = file;
  }

  /** Starts the thread when there is none, also after one that has died. */
  stream(): Md5Stream {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const number = this.#nextStream;
    this.#nextStream += 1;
    return new Md5Stream((request) => this.#ask(worker, { ...request, stream: number }));
  }

  /** Ends the thread; digests under way fail. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #ask(worker: Worker, request: Md5Request): Promise<Md5Answer> {
    return new Promise((resolve, reject) => {
      if (worker !== this.#worker) {
        reject(threadEnded());
        return;
      }
      this.#asked.push({ resolve, reject });
      // Work under way keeps the process alive, an idle thread does not.
      if (this.#asked.length === 1) worker.ref();
      worker.postMessage(request);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#program, { name: 'md5' });
    worker.unref();
    worker.on('message', (answer: Md5Answer) => {
      this.#asked.shift()?.resolve(answer);
      if (this.#asked.length === 0) worker.unref();
    });
    worker.on('messageerror', (error) => this.#end(worker, error));
    worker.on('error', (error: unknown) => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, undefined));
    return worker;
  }

  #end(worker: Worker, cause: unknown): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    const asked = this.#asked;
    this.#asked = [];
    for (const { reject } of asked) reject(threadEnded(cause));
    void worker.terminate();
  }
}

/** One MD5; its thread's end rejects everything. */
export class Md5Stream {
  readonly #ask: (request: Omit<Md5Request, 'stream'>) => Promise<Md5Answer>;

  constructor(ask: (request: Omit<Md5Request, 'stream'>) => Promise<Md5Answer>) {
    this.#ask = ask;
  }

  /** `bytes` lie in shared memory and must stay as they are until the promise resolves. */
  async update(bytes: Uint8Array): Promise<void> {
    await this.#ask({ bytes });
  }

  /** The stream is over. */
  async digest(): Promise<Buffer> {
    return Buffer.from((await this.#ask({ end: 'digest' })) as Uint8Array);
  }

  /** The stream is over, nobody wants its digest. */
  async drop(): Promise<void> {
    await this.#ask({ end: 'drop' });
  }
}

function threadEnded(cause?: unknown): Error {
  return new Error('The thread that counts MD5 has ended.', { cause });
}

export const md5Thread: Md5Thread = new Md5Thread();
