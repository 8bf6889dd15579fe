// What the pipeline is made of: steps with one idea each, and what one leaves for the next.
import type { Hashes, ReceivedMessage, SigningKeyCache } from '@osskeep/protocol';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Eventually } from '../../core/ports/eventually.ts';
import type { DomainBinding } from '../../core/records/domain-binding.ts';
import type { Store } from '../../core/store.ts';
import type { Sender } from '../answers/sender.ts';
import type { HostReader, RequestHost } from '../request/addressing.ts';
import type { Caller, SignedBy } from '../request/caller.ts';
import type { Exchange } from '../request/exchange.ts';
import type { Handler } from '../request/handler.ts';
import type { Head } from '../request/head.ts';
import type { KnownUrls } from '../request/known-urls.ts';
import type { Resource } from '../request/resource.ts';
import type { GatewaySettings } from '../request/settings.ts';
import type { OperationDirectory, Selected } from '../routes/operation-directory.ts';

export interface Step<Found = unknown> {
  /** What has to be waited for, unless it is at hand. Throws, or rejects, with the refusal of the request. */
  ask?(work: Work): Eventually<Found>;
  /**
   * Goes on with what was asked for, if anything was. Throws the refusal of the request. Answers the step to go
   * on with where that is not the next one: of what is found out again the later finding counts.
   */
  run?(work: Work, found: Found): Step | undefined;
}

/** What signatures are verified with. */
export interface Authenticator {
  readonly region: string;
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
  readonly urls: KnownUrls;
}

/** What steps work with. */
export interface StepParts {
  readonly store: Store;
  /** Read anew by each request: a reload puts others in their place. */
  readonly settings: GatewaySettings;
  readonly authenticator: Authenticator;
  readonly operations: OperationDirectory;
  readonly hosts: HostReader;
  readonly sender: Sender;
  readonly clock: Clock;
}

/** One request between the steps. Each member is there from the step on that is named. */
export class Work {
  readonly parts: StepParts;
  readonly settings: GatewaySettings;
  readonly exchange: Exchange;
  /** Read head. */
  head!: Head;
  /** Read head: its URL had a good signature before. */
  wasProven = false;
  /** Identify resource. */
  host!: RequestHost;
  /** Identify resource: the store has to be asked whether its name is a bucket's. */
  mayBeBound = false;
  /** Open view. */
  at!: RequestView;
  /** Find domain. */
  binding: DomainBinding | undefined = undefined;
  /** Find domain, or before. */
  resource!: Resource;
  /** Find bucket. */
  bucket: Bucket | undefined = undefined;
  /** Select operation. */
  selected!: Selected;
  /** Authenticate: wall time, ms, from here on the time of the request. */
  nowMs = 0;
  /** Authenticate: it sent the request back to the selection with less in its query. */
  signedBy: SignedBy | undefined = undefined;
  /** Authenticate. */
  caller!: Caller;
  /** Authorize. */
  handler!: Handler;
  /** Read message. */
  message!: ReceivedMessage;
  /** Run operation: as the handler's definition encodes it. */
  output: unknown = undefined;

  constructor(parts: StepParts, exchange: Exchange) {
    this.parts = parts;
    this.settings = parts.settings;
    this.exchange = exchange;
  }

  addresses(resource: Resource): void {
    this.resource = resource;
    this.exchange.resource = resource;
  }
}
