// A request and its answer as the pipeline needs them: Node's own objects, or those of a connection that
// carries nothing but plain requests (plain-connection.ts).
import type { Socket } from 'node:net';

export interface HttpRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Name, value, name, value, as they came. */
  readonly rawHeaders: readonly string[];
  readonly headers: { readonly host?: string | undefined };
  /** Everything of it has arrived. */
  readonly complete: boolean;
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
  /** The same with lines behind them that are known to be good, Content-Length among them. */
  writeKnownHead?(status: number, headers: string[], lines: string): unknown;
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
