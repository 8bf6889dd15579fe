// Request and answer of a plain connection. The answer's head and a small body leave in one write.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { checkedLines } from '../header-lines.ts';
import type { HeaderFields, HttpRequest, HttpResponse, KnownLines } from '../wire.ts';
import type { PlainHead } from './plain-head.ts';
import { WriteBatch } from './write-batch.ts';

/** Up to here, copying a body behind its head costs less than a write of two pieces. */
const joinedBytesMax = 16 * 1024;
const empty = new Uint8Array(0);
const batch = new WriteBatch();

export class PlainRequest implements HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly fields: HeaderFields;
  readonly complete = true;
  readonly body: Buffer | undefined;
  readonly socket: Socket;

  constructor({ method, url, fields, body }: PlainHead, socket: Socket) {
    this.method = method;
    this.url = url;
    this.fields = fields;
    this.body = body;
    this.socket = socket;
  }

  get rawHeaders(): readonly string[] {
    return this.fields.raw;
  }

  get headers(): { readonly host?: string | undefined } {
    const { rawHeaders } = this;
    const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && /^host$/i.test(text));
    return { host: at === -1 ? undefined : rawHeaders[at + 1] };
  }

  get destroyed(): boolean {
    return this.socket.destroyed;
  }

  /** There is nothing to hear but the end: a body came with the head. */
  on(event: string, listener: (...args: never[]) => void): this {
    if (event === 'end') queueMicrotask(listener as () => void);
    return this;
  }

  off(): this {
    return this;
  }

  isPaused(): boolean {
    return false;
  }

  pause(): this {
    return this;
  }

  resume(): this {
    return this;
  }
}

/** Told when the answer is out; `keep` = the connection may carry another. */
export type OnAnswered = (keep: boolean) => void;

export class PlainResponse implements HttpResponse {
  sendDate = false;
  shouldKeepAlive = true;
  readonly #socket: Socket;
  readonly #isHead: boolean;
  readonly #keepAlive: string;
  readonly #onAnswered: OnAnswered;
  /** Until it has left with what follows it; whole, or to be followed by `#lines`. */
  #head = '';
  #lines: Uint8Array = empty;
  #headersSent = false;
  #isAnswered = false;
  #closeListeners: (() => void)[] | undefined;

  /** `keepAlive`: the end of an answer's head after which the connection stays. */
  constructor(socket: Socket, isHead: boolean, keepAlive: string, onAnswered: OnAnswered) {
    this.#socket = socket;
    this.#isHead = isHead;
    this.#keepAlive = keepAlive;
    this.#onAnswered = onAnswered;
  }

  get headersSent(): boolean {
    return this.#headersSent;
  }

  get destroyed(): boolean {
    return this.#socket.destroyed;
  }

  get writableFinished(): boolean {
    return this.#isAnswered;
  }

  get writableNeedDrain(): boolean {
    return !this.#isAnswered && this.#socket.writableNeedDrain;
  }

  writeHead(status: number, headers: string[]): this {
    const lines = checkedLines(headers);
    let isFramed = this.#isHead || status === 204 || status === 304;
    let closes = false;
    for (let at = 0; at + 1 < headers.length; at += 2) {
      const name = headers[at] as string;
      if (name === 'Connection') closes ||= headers[at + 1] === 'close';
      else if (name.length === 14 && name.toLowerCase() === 'content-length') isFramed = true;
    }
    // Without a length, the end of the connection is the end of the body.
    this.shouldKeepAlive &&= isFramed && !closes;
    return this.#hold(status, `${lines}${this.#end(closes)}`);
  }

  writeKnownHead(status: number, lines: string, known: KnownLines, close: boolean): this {
    this.shouldKeepAlive &&= !close;
    this.#lines = known.endingWith(this.#end(close));
    return this.#hold(status, lines);
  }

  /** Of the head. `saysClose`: its lines do. */
  #end(saysClose: boolean): string {
    if (this.shouldKeepAlive) return this.#keepAlive;
    return saysClose ? '\r\n' : 'Connection: close\r\n\r\n';
  }

  /** The head leaves with what follows it. */
  #hold(status: number, lines: string): this {
    this.#head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n${lines}`;
    this.#headersSent = true;
    return this;
  }

  write(chunk: Uint8Array): boolean {
    const head = this.#head;
    this.#head = '';
    if (head === '') return this.#socket.write(chunk);
    this.#socket.cork();
    this.#socket.write(head, 'latin1');
    if (this.#lines.length > 0) this.#socket.write(this.#lines);
    const isTaken = this.#socket.write(chunk);
    this.#socket.uncork();
    return isTaken;
  }

  end(chunk: Uint8Array = empty): this {
    if (this.#isAnswered) return this;
    const head = this.#head;
    const isWhole = head !== '' && chunk.length <= joinedBytesMax;
    // A connection that is to end is ended right after its last byte.
    if (isWhole && this.shouldKeepAlive) batch.add(this.#socket, head, this.#lines, chunk);
    else if (head !== '' || chunk.length > 0) this.write(chunk);
    this.#answered(this.shouldKeepAlive);
    return this;
  }

  destroy(): this {
    this.#socket.destroy();
    return this;
  }

  /** No plain request waits for it. */
  writeContinue(): void {}

  on(event: 'drain' | 'close' | 'error', listener: (...args: never[]) => void): this {
    if (event === 'drain') this.#socket.on('drain', listener as () => void);
    if (event === 'close') this.once('close', listener as () => void);
    return this;
  }

  once(_event: 'close', listener: () => void): this {
    this.#closeListeners ??= [];
    this.#closeListeners.push(listener);
    return this;
  }

  off(event: 'drain' | 'close', listener: () => void): this {
    if (event === 'drain') this.#socket.off('drain', listener);
    else this.#closeListeners = this.#closeListeners?.filter((other) => other !== listener);
    return this;
  }

  /** The connection broke before the answer was out. */
  broken(): void {
    const listeners = this.#closeListeners;
    this.#closeListeners = undefined;
    for (const listener of listeners ?? []) listener();
  }

  #answered(keep: boolean): void {
    this.#isAnswered = true;
    this.broken();
    this.#onAnswered(keep);
  }
}
