// Links are used more than once: a player asks for range after range, a download manager for several pieces
// at a time. What a signed URL says, and that its signature is good, depends on nothing but the URL, the
// bucket and key it reaches and the secret of its key; so both are kept for the links that were good. Time,
// token and key are looked at each time, and a link is known only as long as its key is what it was.
import type { Presented, RequestTarget } from '@osskeep/protocol';
import type { FoundCredential } from '../core/access/credentials.ts';
import { GenerationCache } from '../core/context/generation-cache.ts';
import type { Caller } from './caller.ts';
import type { Resource } from './resource.ts';
import type { Addressing } from './steps/identify-resource.ts';

export interface KnownLink {
  readonly target: RequestTarget;
  /** First value of each query name; nobody changes it. */
  readonly query: Map<string, string>;
  /** Where it led when its signature was verified. */
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly presented: Presented;
  /** The very record: one that was read anew after a change of the configuration is another. */
  readonly credential: FoundCredential;
  readonly caller: Caller;
  /** Where it led last, and by what. */
  place?: Place | undefined;
}

interface Place {
  readonly addressing: Addressing;
  /** Bucket that the host is bound to through the API. */
  readonly bound: string | undefined;
  readonly resource: Resource;
}

/** What an entry takes besides its text, which stands there about three times. */
const entryBytes = 1_024;
/** All in one. */
const group = '';

export class KnownLinks {
  readonly #links: GenerationCache<KnownLink>;

  /** 0 = none is kept. */
  constructor(bytesMax: number) {
    this.#links = new GenerationCache(bytesMax);
  }

  /** `url` as sent with GET. */
  find(url: string): KnownLink | undefined {
    return this.#links.get(group, url);
  }

  keep(url: string, link: KnownLink): void {
    this.#links.set(group, url, link, entryBytes + 3 * url.length);
  }
}
