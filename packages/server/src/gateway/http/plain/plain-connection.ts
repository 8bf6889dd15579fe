// A connection while it carries nothing but plain requests, which is what most downloads are. Node's HTTP
// server makes two streams for a request and its answer; here there is the socket alone, for half of the
// time. The first request that is not plain goes to Node's server, with the connection and for good.
import type { Socket } from 'node:net';
import { SocketRemote } from '../socket-remote.ts';
import type { RequestServer } from '../wire.ts';
import { type AnswerParts, PlainAnswer } from './plain-answer.ts';
import { type PlainFields, plainHead } from './plain-head.ts';
import { type FollowingBody, PlainRequest } from './plain-request.ts';

export interface PlainParts extends AnswerParts {
  readonly server: Pick<RequestServer, 'serve'>;
  /** Node's own listener for connections. */
  readonly handOver: (socket: Socket) => void;
  /** Monotonic, ms. */
  readonly now: () => number;
}

export class PlainConnection {
  readonly #socket: Socket;
  readonly #parts: PlainParts;
  readonly #onEnd: (connection: PlainConnection) => void;
  readonly #data = (chunk: Buffer): void => this.#take(chunk);
  readonly #ended = (): void => this.#peerEnded();
  readonly #closed = (): void => this.#close();
  readonly #drained = (): void => {
    this.#answer?.goOn();
    this.#next();
  };
  readonly #remote: SocketRemote;
  /** Of the request that is served. */
  #answer: PlainAnswer | undefined;
  /** Of the same, as long as not all of it has come. */
  #body: FollowingBody | undefined;
  /** What came while a request was being answered. */
  #waiting: Buffer | undefined;
  #peerHasEnded = false;
  /** The last answer said that the connection ends. */
  #isClosing = false;
  #requests = 0;
  /** Of the last request: the next one mostly has the same. */
  #fields: PlainFields | undefined;
  #silentSinceMs: number;
  /** By the last look. */
  #takenBytes = 0;
  /** Where the lane keeps it. */
  index = -1;

  /** `onEnd`: it is no plain connection any more. */
  constructor(socket: Socket, parts: PlainParts, onEnd: (connection: PlainConnection) => void) {
    this.#socket = socket;
    this.#parts = parts;
    this.#onEnd = onEnd;
    this.#remote = new SocketRemote(socket);
    this.#silentSinceMs = parts.now();
    socket.on('data', this.#data);
    socket.on('drain', this.#drained);
    socket.on('end', this.#ended);
    socket.on('close', this.#closed);
    // Whoever writes sees that the connection is gone.
    socket.on('error', ignore);
  }

  /** Has carried no request yet. */
  get isNew(): boolean {
    return this.#requests === 0;
  }

  /** ms since the last answer was ended, or, as it was found, the client last took of it; 0 while one is made. */
  silentMs(now: number): number {
    if (this.#answer !== undefined) return 0;
    const { bytesWritten, writableLength } = this.#socket;
    const takenBytes = bytesWritten - writableLength;
    if (writableLength > 0 && takenBytes !== this.#takenBytes) this.#silentSinceMs = now;
    this.#takenBytes = takenBytes;
    return now - this.#silentSinceMs;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Only where nothing is owed: no answer, and no byte of one. */
  closeIdle(): void {
    const isIdle = this.#answer === undefined && this.#waiting === undefined;
    if (isIdle && this.#socket.writableLength === 0) this.close();
  }

  #take(chunk: Buffer): void {
    if (this.#isClosing) return;
    const rest = this.#body === undefined ? chunk : this.#takeBody(this.#body, chunk);
    if (rest.length > 0) this.#takeRequest(rest);
  }

  /** What is behind it. */
  #takeBody(body: FollowingBody, chunk: Buffer): Buffer {
    const rest = body.take(chunk);
    if (body.hasArrived) this.#body = undefined;
    return rest;
  }

  #takeRequest(chunk: Buffer): void {
    // An answer is on its way, or the client does not take what it was given: what it asks now waits,
    // and no more is read.
    if (this.#answer !== undefined || this.#isFull) {
      this.#waiting = chunk;
      this.#socket.pause();
      return;
    }
    this.#serve(chunk);
  }

  get #isFull(): boolean {
    return this.#socket.writableNeedDrain;
  }

  #serve(chunk: Buffer): void {
    const head = plainHead(chunk, this.#fields);
    if (head === undefined) {
      this.#giveAway(chunk);
      return;
    }
    this.#requests += 1;
    this.#fields = head.fields;
    const request = new PlainRequest(head, this.#remote, this.#socket);
    const isHead = head.method === 'HEAD';
    const answer = new PlainAnswer(this.#socket, isHead, this.#parts, this.#answered);
    this.#body = request.following;
    this.#answer = answer;
    this.#parts.server.serve(request, answer);
  }

  readonly #answered = (keep: boolean): void => {
    this.#answer = undefined;
    this.#silentSinceMs = this.#parts.now();
    if (!keep || (this.#peerHasEnded && this.#waiting === undefined)) {
      this.#isClosing = true;
      this.#waiting = undefined;
      // Whole answers are written at the end of the turn, and this one may be among them.
      process.nextTick(() => this.#socket.destroySoon());
      return;
    }
    // Not now: whoever ended the answer has not returned yet.
    if (this.#waiting !== undefined) setImmediate(this.#next);
  };

  readonly #next = (): void => {
    const chunk = this.#waiting;
    if (chunk === undefined || this.#answer !== undefined || this.#isFull) return;
    if (this.#socket.destroyed) return;
    this.#waiting = undefined;
    this.#socket.resume();
    this.#serve(chunk);
  };

  #giveAway(chunk: Buffer): void {
    const socket = this.#socket;
    this.#forget();
    socket.pause();
    socket.unshift(chunk);
    this.#parts.handOver(socket);
    socket.resume();
  }

  #peerEnded(): void {
    this.#peerHasEnded = true;
    this.#breakBody();
    if (this.#answer === undefined && this.#waiting === undefined) this.#socket.destroySoon();
  }

  #close(): void {
    this.#forget();
    this.#breakBody();
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.goOn();
  }

  #breakBody(): void {
    const following = this.#body;
    this.#body = undefined;
    following?.body.broken();
  }

  #forget(): void {
    const socket = this.#socket;
    socket.off('data', this.#data);
    socket.off('drain', this.#drained);
    socket.off('end', this.#ended);
    socket.off('close', this.#closed);
    this.#onEnd(this);
  }
}

function ignore(): void {}
