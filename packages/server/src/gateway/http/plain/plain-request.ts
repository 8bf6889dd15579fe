// A plain request: its head was read whole, and its body came with it, or follows.
import type { Socket } from 'node:net';
import { type BodySource, QueuedBody } from '../queued-body.ts';
import { WholeBody } from '../whole-body.ts';
import type { HttpRequest, Remote, RequestBody } from '../wire.ts';
import type { PlainFields, PlainHead } from './plain-head.ts';

export class PlainRequest implements HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly fields: PlainFields;
  readonly remote: Remote;
  readonly body: RequestBody;
  /** What follows the head, where not all of the body came with it. */
  readonly following: FollowingBody | undefined;

  constructor(
    { method, url, fields, body, missingBytes }: PlainHead,
    remote: Remote,
    socket: Socket,
  ) {
    this.method = method;
    this.url = url;
    this.fields = fields;
    this.remote = remote;
    if (missingBytes === 0) {
      this.following = undefined;
      this.body = new WholeBody(body);
    } else {
      this.following = new FollowingBody(socket, missingBytes);
      this.body = this.following.body;
      if (body.length > 0) this.following.body.push(body);
    }
  }
}

/** So many bytes, as they come. */
export class FollowingBody implements BodySource {
  readonly body: QueuedBody = new QueuedBody(this);
  readonly #socket: Socket;
  #missingBytes: number;

  constructor(socket: Socket, missingBytes: number) {
    this.#socket = socket;
    this.#missingBytes = missingBytes;
  }

  get hasArrived(): boolean {
    return this.#missingBytes === 0;
  }

  get isOver(): boolean {
    return this.#socket.readableEnded || this.#socket.destroyed;
  }

  /** Takes what belongs to it; the rest is behind the request. */
  take(chunk: Buffer): Buffer {
    const own = chunk.length <= this.#missingBytes ? chunk : chunk.subarray(0, this.#missingBytes);
    this.#missingBytes -= own.length;
    this.body.push(own);
    if (this.#missingBytes === 0) this.body.end();
    return chunk.subarray(own.length);
  }

  /** The connection reads without being asked. */
  listen(): void {}

  /** No plain request waits to be told that it should send. */
  askFor(): void {}

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}
