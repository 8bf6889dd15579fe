// How far a transfer is, on standard error: only on a terminal, and only when it takes a while.
import { formatBytes } from '../output/figures.ts';

type Draw = ((text: string) => void) & { clear(): void };

const firstAfterMs = 500;
const everyMs = 100;
const barWidth = 24;

export interface MeterOptions {
  readonly quiet?: boolean;
  /** False: `--no-progress`. */
  readonly progress?: boolean;
}

/** Hours, minutes and seconds. */
function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

export interface Progress {
  readonly bytes: number;
  /** undefined while it is not known how much there is. */
  readonly totalBytes: number | undefined;
  readonly items: number;
  readonly totalItems: number;
  readonly elapsedMs: number;
}

/** The line that is drawn. */
export function progressLine(now: Progress): string {
  const speed = now.bytes / Math.max(now.elapsedMs / 1000, 0.001);
  const many = now.totalItems > 1 ? `${now.items}/${now.totalItems} files  ` : '';
  const rate = `${formatBytes(Math.round(speed))}/s`;
  if (now.totalBytes === undefined) return `${many}${formatBytes(now.bytes)}  ${rate}`;
  const share = now.totalBytes === 0 ? 1 : Math.min(1, now.bytes / now.totalBytes);
  const full = Math.floor(share * barWidth);
  const bar = `[${'='.repeat(full)}${full < barWidth ? '>' : ''}`.padEnd(barWidth + 1);
  const left = speed > 0 ? clock((now.totalBytes - now.bytes) / speed) : '--:--:--';
  const size = `${formatBytes(now.bytes)} of ${formatBytes(now.totalBytes)}`;
  return `${bar}] ${String(Math.floor(share * 100)).padStart(3)}%  ${many}${size}  ${rate}  ${left}`;
}

/** Counts what passes, and shows it where somebody looks. */
export class Meter {
  readonly isShown: boolean;
  #bytes = 0;
  #totalBytes: number | undefined = 0;
  #items = 0;
  #totalItems = 0;
  readonly #begin = performance.now();
  #draw: Draw | undefined;
  #isPaused = false;
  #timer: NodeJS.Timeout | undefined;

  constructor({ quiet, progress }: MeterOptions) {
    this.isShown = process.stderr.isTTY === true && quiet !== true && progress !== false;
    if (!this.isShown) return;
    this.#timer = setTimeout(() => this.#start(), firstAfterMs);
    this.#timer.unref();
  }

  /** One more to transfer; without a size the whole cannot be known. */
  expect(bytes: number | undefined): void {
    this.#totalItems += 1;
    if (bytes === undefined) this.#totalBytes = undefined;
    else if (this.#totalBytes !== undefined) this.#totalBytes += bytes;
  }

  /** Bytes that passed; fewer than none when an attempt begins again. */
  count(bytes: number): void {
    this.#bytes += bytes;
  }

  finishItem(): void {
    this.#items += 1;
  }

  /** Takes the line away, so that something else can be printed there. */
  clear(): void {
    this.#draw?.clear();
  }

  /** While somebody is asked, nothing is drawn over the question. */
  async whilePaused<T>(work: () => Promise<T>): Promise<T> {
    this.#isPaused = true;
    this.clear();
    try {
      return await work();
    } finally {
      this.#isPaused = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.clear();
  }

  async #start(): Promise<void> {
    const { createLogUpdate } = await import('log-update');
    if (this.#timer === undefined) return;
    this.#draw = createLogUpdate(process.stderr, { showCursor: true });
    this.#timer = setInterval(() => this.#show(), everyMs);
    this.#timer.unref();
    this.#show();
  }

  #show(): void {
    // Before it is known how much there is, nothing is no share of it.
    if (this.#isPaused || this.#totalItems === 0) return;
    this.#draw?.(
      progressLine({
        bytes: this.#bytes,
        totalBytes: this.#totalBytes,
        items: this.#items,
        totalItems: this.#totalItems,
        elapsedMs: performance.now() - this.#begin,
      }),
    );
  }
}
