// When and how long to wait before a request is sent again: exponential, with full jitter, so that many
// clients of one broken server do not come back at once.
import { OssError } from '@osskeep/protocol';
import { TransportError } from './errors.ts';

export interface RetryOptions {
  /** Attempts in all; 3 when absent, 1 = never again. */
  readonly attempts?: number | undefined;
  /** ms; the wait before attempt n is random up to base × 2ⁿ⁻¹. */
  readonly baseMs?: number | undefined;
  readonly maxMs?: number | undefined;
  /** Randomness and waiting, for tests. */
  readonly random?: (() => number) | undefined;
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

export const retryDefaults = { attempts: 3, baseMs: 200, maxMs: 20_000 } as const;

const statuses = new Set([408, 429, 500, 502, 503, 504]);

/** 400 NotImplemented and the like are answers, not accidents: they are not repeated. */
export function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof TransportError) return true;
  if (!(error instanceof OssError)) return false;
  return statuses.has(error.status) || error.code === 'RequestTimeTooSkewed';
}

export function retryDelayMs(attempt: number, options: RetryOptions): number {
  const { baseMs = retryDefaults.baseMs, maxMs = retryDefaults.maxMs } = options;
  const random = options.random ?? Math.random;
  return random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
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
