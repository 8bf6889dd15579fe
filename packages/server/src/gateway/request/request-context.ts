// What a handler may use, for one request. A class: an object literal with getters would be built by V8's
// slow path, anew for every request.
import { noSuchBucket, ossError } from '@osskeep/protocol';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import type { Owner } from '../../core/records/model.ts';
import type { Store } from '../../core/store.ts';
import type { HttpAnswer } from '../http/wire.ts';
import type { Caller } from './caller.ts';
import type { Exchange } from './exchange.ts';
import type { HandlerContext } from './handler.ts';
import type { HostStyle } from './resource.ts';
import type { GatewaySettings } from './settings.ts';

export class RequestContext implements HandlerContext {
  readonly store: Store;
  readonly settings: GatewaySettings;
  readonly at: RequestView;
  readonly bucketName: string;
  readonly key: string;
  readonly style: HostStyle;
  readonly existingBucket: Bucket | undefined;
  readonly #exchange: Exchange;
  readonly #owner: Owner | undefined;

  constructor(
    store: Store,
    settings: GatewaySettings,
    exchange: Exchange,
    at: RequestView,
    caller: Caller,
    bucket: Bucket | undefined,
  ) {
    const { resource } = exchange;
    this.store = store;
    this.settings = settings;
    this.at = at;
    this.bucketName = resource?.bucket ?? '';
    this.key = resource?.key ?? '';
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

  get signal(): Pick<AbortSignal, 'throwIfAborted'> {
    return new ClientSignal(this.#exchange.answer);
  }

  /** Bound, as handlers take it out of the context. */
  get warn(): (text: string) => void {
    return (text) => this.#exchange.warn(text);
  }
}

/** Aborted once the connection has ended before the answer was out. A real signal costs more than many a request. */
class ClientSignal {
  readonly #answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    this.#answer = answer;
  }

  throwIfAborted(): void {
    const { isGone, isDone } = this.#answer;
    if (isGone && !isDone) AbortSignal.abort().throwIfAborted();
  }
}
