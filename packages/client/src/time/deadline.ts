// A deadline for progress, not for the whole: a transfer may take hours, but not stand still. It runs
// only while the other side is waited for, never while the caller thinks.
import { TransportError } from '../errors/errors.ts';

/** A body at hand gives no sign of progress, so it gets time for this slow a line. */
const slowestBytesPerMs = 64;

export class Deadline {
  readonly #timeoutMs: number;
  readonly #own = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  /** Aborted by the deadline or by the caller's own signal. */
  readonly signal: AbortSignal;

  /** `timeoutMs` 0 or infinite: none. */
  constructor(timeoutMs: number, callers: AbortSignal | undefined) {
    this.#timeoutMs = timeoutMs;
    this.signal =
      callers === undefined ? this.#own.signal : AbortSignal.any([callers, this.#own.signal]);
  }

  /** Waiting begins, or goes on after a sign of life; `bytes` are to be sent before the next one. */
  wait(bytes = 0): void {
    this.pause();
    const ms = this.#timeoutMs + bytes / slowestBytesPerMs;
    if (this.#isOver || this.#timeoutMs <= 0 || ms > 0x7fff_ffff) return;
    this.#timer = setTimeout(() => {
      const text = `Nothing moved for ${Math.round(ms)} ms; the transfer was given up.`;
      this.#own.abort(new TransportError(text, { problem: 'timeout' }));
    }, ms);
  }

  /** Nobody is waited for. */
  pause(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** All is there; a late sign of life starts nothing. */
  end(): void {
    this.#isOver = true;
    this.pause();
  }

  /** Gives the connection up. */
  abandon(): void {
    this.end();
    this.#own.abort();
  }
}
