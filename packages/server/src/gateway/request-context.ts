// What a handler may use, for one request. A class: an object literal with getters would be built by V8's
// slow path, anew for every request.
import { noSuchBucket, ossError } from '@osskeep/protocol';
import type { Principal } from '../core/access/principal.ts';
import type { Bucket } from '../core/buckets/bucket.ts';
import type { Snapshot } from '../core/configuration.ts';
import type { Owner } from '../core/model.ts';
import type { Store } from '../core/store.ts';
import type { Caller } from './caller.ts';
import type { Exchange } from './exchange.ts';
import type { HandlerContext } from './handler.ts';
import type { HttpResponse } from './http/wire.ts';
import type { HostStyle } from './resource.ts';
import type { GatewaySettings } from './settings.ts';
import { warn } from './steps/parity.ts';

export class RequestContext implements HandlerContext {
  readonly store: Store;
  readonly settings: GatewaySettings;
  readonly at: Snapshot;
  readonly principal: Principal;
  readonly bucketName: string;
  readonly key: string;
  readonly nowMs: number;
  readonly style: HostStyle;
  readonly existingBucket: Bucket | undefined;
  readonly #exchange: Exchange;
  readonly #owner: Owner | undefined;
  #signal: AbortSignal | undefined;

  constructor(
    store: Store,
    settings: GatewaySettings,
    exchange: Exchange,
    at: Snapshot,
    caller: Caller,
    bucket: Bucket | undefined,
    nowMs: number,
  ) {
    const { resource } = exchange;
    this.store = store;
    this.settings = settings;
    this.at = at;
    this.principal = caller.principal;
    this.bucketName = resource?.bucket ?? '';
    this.key = resource?.key ?? '';
    this.nowMs = nowMs;
    this.style = resource?.style ?? 'service';
    this.existingBucket = bucket;
    this.#exchange = exchange;
    this.#owner = caller.owner;
  }

  get bucket(): Bucket {
    if (this.existingBucket === undefined) throw noSuchBucket(this.bucketName);
    return this.existingBucket;
  }

  get owner(): Owner {
    if (this.#owner === undefined) throw ossError('AnonymousForbidden');
    return this.#owner;
  }

  /** Made for who looks at it: a signal costs more than many a request. */
  get signal(): AbortSignal {
    this.#signal ??= goneSignal(this.#exchange.response);
    return this.#signal;
  }

  /** Bound, as handlers take it out of the context. */
  get warn(): (text: string) => void {
    return (text) => warn(this.#exchange, text);
  }
}

/** Aborts when the connection ends before the answer is out. */
function goneSignal(response: HttpResponse): AbortSignal {
  const gone = new AbortController();
  const check = (): void => {
    if (!response.writableFinished) gone.abort();
  };
  if (response.destroyed) check();
  else response.once('close', check);
  return gone.signal;
}
