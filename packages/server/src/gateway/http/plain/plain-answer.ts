// The answer to a plain request. Its head and a small body leave in one write.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Eventually } from '../../../core/ports/eventually.ts';
import type { AnswerHead, HttpAnswer } from '../wire.ts';
import type { WriteBatch } from './write-batch.ts';

/** Up to here, copying a body behind its head costs less than a write of two pieces. */
const joinedBytesMax = 16 * 1024;
const empty = new Uint8Array(0);

export interface AnswerParts {
  /** Where whole answers leave. */
  readonly batch: WriteBatch;
  /** End of an answer's head after which the connection stays. */
  readonly keepAlive: string;
}

/** Told when the answer is out; `keep` = the connection may carry another. */
export type OnAnswered = (keep: boolean) => void;

export class PlainAnswer implements HttpAnswer {
  readonly #socket: Socket;
  readonly #isHead: boolean;
  readonly #parts: AnswerParts | undefined;
  readonly #onAnswered: OnAnswered;
  /** Until it has left with what follows it: the first lines, and the known ones with the head's end. */
  #head = '';
  #lines: Uint8Array = empty;
  /** Where the connection stays. */
  #kept: AnswerParts | undefined;
  #isBegun = false;
  #isAnswered = false;
  #wake: (() => void) | undefined;

  /**
   * `isHead`: it has no body, whatever its head says of one. Without `parts` the connection ends with it.
   */
  constructor(
    socket: Socket,
    isHead: boolean,
    parts: AnswerParts | undefined,
    onAnswered: OnAnswered,
  ) {
    this.#socket = socket;
    this.#isHead = isHead;
    this.#parts = parts;
    this.#onAnswered = onAnswered;
  }

  get isBegun(): boolean {
    return this.#isBegun;
  }

  get isGone(): boolean {
    return this.#socket.destroyed;
  }

  get isDone(): boolean {
    return this.#isAnswered;
  }

  get isFull(): boolean {
    return !this.#isAnswered && this.#socket.writableNeedDrain;
  }

  send(head: AnswerHead, body: Uint8Array): void {
    this.begin(head);
    // A connection that is to end is ended right after its last byte.
    if (this.#kept !== undefined && body.length <= joinedBytesMax) {
      this.#kept.batch.add(this.#socket, this.#head, this.#lines, body);
    } else {
      this.#write(body);
    }
    this.#answered();
  }

  /** It leaves with what follows it. */
  begin({ status, headers, known }: AnswerHead): void {
    const lines = headers.lines();
    const { closes } = headers;
    const isBodiless = this.#isHead || status === 204 || status === 304;
    // Without a length, the end of the connection is the end of the body.
    const keeps = !closes && (isBodiless || known.hasLength || headers.hasLength);
    this.#kept = keeps ? this.#parts : undefined;
    this.#head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n${lines}`;
    this.#lines = known.endingWith(this.#end(closes));
    this.#isBegun = true;
  }

  write(chunk: Uint8Array): Eventually<void> {
    if (this.#write(chunk) || this.#socket.destroyed) return undefined;
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  end(): void {
    if (this.#isAnswered) return;
    if (this.#head !== '') this.#write(empty);
    this.#answered();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** From the connection: the client took what was written, or is gone. */
  goOn(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  /** Of the head. `isSaid`: its lines say that the connection closes. */
  #end(isSaid: boolean): string {
    if (this.#kept !== undefined) return this.#kept.keepAlive;
    return isSaid ? '\r\n' : 'Connection: close\r\n\r\n';
  }

  /** False: the client does not take it yet. */
  #write(chunk: Uint8Array): boolean {
    const head = this.#head;
    this.#head = '';
    if (head === '') return this.#socket.write(chunk);
    this.#socket.cork();
    this.#socket.write(head, 'latin1');
    let isTaken = this.#socket.write(this.#lines);
    if (chunk.length > 0) isTaken = this.#socket.write(chunk);
    this.#socket.uncork();
    return isTaken;
  }

  #answered(): void {
    this.#isAnswered = true;
    this.goOn();
    this.#onAnswered(this.#kept !== undefined);
  }
}
