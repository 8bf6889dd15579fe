// When and how long to wait before a request is sent again: exponential, with full jitter, so that many
// clients of one broken server do not come back at once.
import { OssError } from '@osskeep/protocol';
import { TransportError } from '../errors/errors.ts';

export interface RetryOptions {
  /** Attempts in all; 3 when absent, 1 = never again. */
  readonly attempts?: number | undefined;
  /** ms; the wait before attempt n is random up to base × 2ⁿ⁻². 200 when absent. */
  readonly baseMs?: number | undefined;
  /** ms; no wait is longer. 20,000 when absent. */
  readonly maxMs?: number | undefined;
  /** Randomness and waiting, for tests. */
  readonly random?: (() => number) | undefined;
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

export const retryDefaults = { attempts: 3, baseMs: 200, maxMs: 20_000 } as const;

/** 501 stays 501: what a server does not have, it does not have a second later either. */
function isPassing(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/**
 * May the same request succeed a little later? A refusal (400, 403, 404 …) is an answer, not an accident.
 * RequestTimeTooSkewed counts, because the clock has been corrected by then.
 */
export function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof TransportError) {
    if (error.status !== undefined) return isPassing(error.status);
    return error.problem !== 'redirect';
  }
  if (!(error instanceof OssError)) return false;
  return isPassing(error.status) || error.code === 'RequestTimeTooSkewed';
}

/** ms before the attempt after number `attempt`; `retryAfterMs` is what the server asked for. */
export function retryDelayMs(attempt: number, options: RetryOptions, retryAfterMs = 0): number {
  const { baseMs = retryDefaults.baseMs, maxMs = retryDefaults.maxMs } = options;
  const random = options.random ?? Math.random;
  const jittered = random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
  return Math.min(maxMs, Math.max(jittered, retryAfterMs));
}

/** Seconds of a Retry-After header; its date form is left to the back-off. */
export function parseRetryAfterMs(header: string | null): number {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : 0;
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
