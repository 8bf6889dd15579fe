// A request and its answer as the pipeline needs them: Node's own objects, or those of a connection that
// carries nothing but plain requests (plain-connection.ts).
import type { Socket } from 'node:net';
import type { HeaderPairs } from '@osskeep/protocol';

/** Header fields that request after request of a connection repeats, and what was read out of them. */
export class HeaderFields {
  /** As they came. */
  readonly block: string;
  /** Name, value, name, value. Nobody changes it. */
  readonly raw: readonly string[];
  /** Of the body they announce; undefined = they announce none. */
  readonly bodyBytes: number | undefined;
  /** Whoever reads them first leaves it here. */
  read: ReadHeaders | undefined = undefined;

  constructor(block: string, raw: readonly string[], bodyBytes: number | undefined) {
    this.block = block;
    this.raw = raw;
    this.bodyBytes = bodyBytes;
  }
}

/** Nobody changes it. */
export interface ReadHeaders {
  /** Lower-case names, in the order of the wire. */
  readonly pairs: HeaderPairs;
  /** Lower-case names; repeats joined by a comma, as they are signed. */
  readonly headers: Map<string, string>;
}

export interface HttpRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Name, value, name, value, as they came. */
  readonly rawHeaders: readonly string[];
  /** The same, where they may have been read before. */
  readonly fields?: HeaderFields | undefined;
  readonly headers: { readonly host?: string | undefined };
  /** Everything of it has arrived. */
  readonly complete: boolean;
  /** Its body, where it came with the head; nothing of it is told to listeners then. */
  readonly body?: Buffer | undefined;
  readonly destroyed: boolean;
  readonly socket: Socket;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'end' | 'close', listener: () => void): unknown;
  isPaused(): boolean;
  pause(): unknown;
  resume(): unknown;
}

/** Header lines that were written before. */
export interface KnownLines {
  /** With `end` behind them. Nobody changes the bytes. */
  endingWith(end: string): Uint8Array;
}

export interface HttpResponse {
  /** Node would add a Date of its own. */
  sendDate: boolean;
  shouldKeepAlive: boolean;
  readonly headersSent: boolean;
  /** The connection is gone. */
  readonly destroyed: boolean;
  readonly writableFinished: boolean;
  readonly writableNeedDrain: boolean;
  /** Name, value, name, value. */
  writeHead(status: number, headers: string[]): unknown;
  /**
   * The same with lines that are known to be good, and `known` behind them. Content-Length is among these,
   * and `Connection: close` among the first if so.
   */
  writeKnownHead?(status: number, lines: string, known: KnownLines, close: boolean): unknown;
  /** False: wait for `drain`. */
  write(chunk: Uint8Array): boolean;
  end(chunk?: Uint8Array): unknown;
  destroy(): unknown;
  writeContinue(): void;
  on(event: 'drain' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
}
