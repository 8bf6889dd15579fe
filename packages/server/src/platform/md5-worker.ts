// The thread that counts MD5 for md5-thread.ts. Imports nothing of the house: it is started as a file of
// its own, from sources and from `dist` alike. Whatever throws here ends the thread, which fails every
// digest that has not been told.
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

export interface Md5Request {
  readonly stream: number;
  /** In shared memory, left alone until the answer. */
  readonly bytes?: Uint8Array;
  /** The stream is over: its digest is told, or nobody wants it. */
  readonly end?: 'digest' | 'drop';
}

/** One to each request, in their order. */
export type Md5Answer = Uint8Array | undefined;

/** Keeps the streams that are not over. */
function digester(): (request: Md5Request) => Md5Answer {
  const streams = new Map<number, Hash>();
  return ({ stream, bytes, end }) => {
    const hash = streams.get(stream) ?? createHash('md5');
    if (bytes !== undefined) hash.update(bytes);
    if (end === undefined) streams.set(stream, hash);
    else streams.delete(stream);
    return end === 'digest' ? hash.digest() : undefined;
  };
}

const answer = digester();
parentPort?.on('message', (request: Md5Request) => {
  parentPort?.postMessage(answer(request));
});
