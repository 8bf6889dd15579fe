// Links are used more than once: a player asks for range after range, a download manager for several pieces at
// a time. What was read out of a URL, and which signature it has under which key, depends on its text alone;
// so both are kept for the links that were good, and the verifier finds them there (protocol/signing). Whether
// the key may still be used, and what time it is, is asked each time: nothing of that is here.
import { UrlReading } from '@osskeep/protocol';
import { GenerationCache } from '../../core/context/generation-cache.ts';
import type { Head } from './head.ts';

/** What an entry takes besides its text, which stands there about three times. */
const entryBytes = 1_024;
/** All in one. */
const group = '';

export class KnownUrls {
  readonly #readings: GenerationCache<UrlReading>;

  /** 0 = none is kept. */
  constructor(bytesMax: number) {
    this.#readings = new GenerationCache(bytesMax);
  }

  /** `url` as sent. Throws what `parseRequestTarget` throws. */
  read(method: string, url: string): UrlReading {
    const known = isUsedAgain(method) ? this.#readings.get(group, url) : undefined;
    return known ?? new UrlReading(url);
  }

  /** Only what has a good signature: strangers could fill it with anything. */
  keep({ method, url, reading }: Pick<Head, 'method' | 'url' | 'reading'>): void {
    if (isUsedAgain(method)) this.#readings.set(group, url, reading, entryBytes + 3 * url.length);
  }
}

function isUsedAgain(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
