// The digests port by a thread: one for all uploads, started by the first that wants it.
import { Worker } from 'node:worker_threads';
import type { Digests, Md5Stream } from '../core/ports/digests.ts';
import type { Md5Answer, Md5Request } from './md5-worker.ts';

interface Asked {
  resolve(answer: Md5Answer): void;
  reject(error: Error): void;
}

/** `.ts` among the sources, `.js` in `dist`. */
const program = new URL(`./md5-worker${import.meta.url.slice(-3)}`, import.meta.url);

export class Md5Thread implements Digests {
  readonly #program: URL;
  #worker: Worker | undefined;
  /** In the order asked, which is the order answered. */
  #asked: Asked[] = [];
  #nextStream = 0;
  /** Of the last one that broke. */
  #broken: Promise<unknown> | undefined;
  #closing: Promise<void> | undefined;

  constructor(file: URL = program) {
    this.#program = file;
  }

  /** Starts the thread when there is none, also after one that has died. */
  md5(): Md5Stream | undefined {
    if (this.#closing !== undefined) return undefined;
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const number = this.#nextStream;
    this.#nextStream += 1;
    return new ThreadMd5((request) => this.#ask(worker, { ...request, stream: number }));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // Its end, told by the event, fails what was asked.
    await this.#worker?.terminate();
    await this.#broken;
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
    this.#broken = worker.terminate();
  }
}

type Ask = (request: Omit<Md5Request, 'stream'>) => Promise<Md5Answer>;

/** Its thread's end rejects everything. */
class ThreadMd5 implements Md5Stream {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async update(bytes: Uint8Array): Promise<void> {
    await this.#ask({ bytes });
  }

  async digest(): Promise<Buffer> {
    return Buffer.from((await this.#ask({ end: 'digest' })) as Uint8Array);
  }

  async drop(): Promise<void> {
    await this.#ask({ end: 'drop' });
  }
}

function threadEnded(cause?: unknown): Error {
  return new Error('The thread that counts MD5 has ended.', { cause });
}
