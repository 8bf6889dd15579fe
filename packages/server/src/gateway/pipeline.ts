// The life of a request, in order: read head → identify resource → select operation → bucket
// exists → authenticate → authorize → read body → decode → run → encode → send → account.
// Each step is a file; what wraps them all (log, stall guard, refusals) stands here once.
import type { Socket } from 'node:net';
import { decodeRequest, type Message, noSuchBucket, ossError } from '@osskeep/protocol';
import type { Bucket } from '../core/buckets/bucket.ts';
import type { RequestView } from '../core/context/request-view.ts';
import type { Clock } from '../core/ports/clock.ts';
import { type Eventually, isPending, whenThere } from '../core/ports/eventually.ts';
import type { DomainBinding } from '../core/records/domain-binding.ts';
import type { Store } from '../core/store.ts';
import { account, type Logger } from './access-log.ts';
import { type Caller, nobody } from './caller.ts';
import { Exchange } from './exchange.ts';
import type { Handler } from './handler.ts';
import { linger } from './http/linger.ts';
import { PlainRequest } from './http/plain/plain-exchange.ts';
import { incompleteBody } from './http/request-body.ts';
import type { RequestIds } from './http/request-id.ts';
import type { StallGuard } from './http/stall-guard.ts';
import { Turn } from './http/turn.ts';
import type { HttpRequest, HttpResponse } from './http/wire.ts';
import type { OperationDirectory } from './operation-directory.ts';
import { RequestContext } from './request-context.ts';
import type { RequestMeter } from './request-meter.ts';
import type { Resource } from './resource.ts';
import type { GatewaySettings } from './settings.ts';
import { type Authenticator, authenticate } from './steps/authenticate.ts';
import { requirePermission } from './steps/authorize.ts';
import { corsHeaders } from './steps/cors.ts';
import { asGetLink } from './steps/head-on-get-link.ts';
import {
  type Addressing,
  identifyResource,
  mayBeBound,
  type RequestHost,
  requestHost,
} from './steps/identify-resource.ts';
import { mapFailure } from './steps/map-failure.ts';
import { refusePathStyle } from './steps/parity.ts';
import { readDocument } from './steps/read-document.ts';
import { type Head, readHead } from './steps/read-head.ts';
import { recogniseLink } from './steps/recognise-link.ts';
import { requestHints } from './steps/request-hints.ts';
import { type ResponseTime, sendAnswer, sendError } from './steps/send-response.ts';
import { refuseOlderSignature } from './steps/v4-only.ts';

export interface PipelineParts {
  readonly store: Store;
  readonly settings: GatewaySettings;
  readonly authenticator: Authenticator;
  readonly operations: OperationDirectory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly requestIds: RequestIds;
  readonly stallGuard: StallGuard;
  readonly metrics?: RequestMeter | undefined;
  readonly isDraining: () => boolean;
}

/** Requests in flight by their socket, for what Node's HTTP server reports on the socket only. */
const inFlight = new WeakMap<object, Exchange>();

export class Pipeline {
  readonly #parts: PipelineParts;
  readonly #turn = new Turn();

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /** Serves one request to its end; never rejects. */
  async serve(request: HttpRequest, response: HttpResponse, waits: boolean): Promise<void> {
    const exchange = this.#begin(request, response, waits);
    await this.#turn.read();
    // Read anew by each request: a reload puts others in their place.
    const { store, settings, authenticator, operations, clock } = this.#parts;
    try {
      const head = readHead(exchange.request, authenticator.links);
      exchange.head = head;
      const host = requestHost(head.headers.get('host'), head.targetHost);
      const { addressing } = settings;
      const domain = mayBeBound(addressing, host.name) ? host.name : undefined;
      const lastTarget = domain === undefined ? undefined : store.cnames.lastTarget(domain);
      const likely = foresee(head, addressing, host, lastTarget);
      // What is at hand is not awaited: of a download of a known object, that is everything.
      const viewed = store.view(requestHints(head, domain, likely?.resource));
      const at = isPending(viewed) ? await viewed : viewed;
      const bound = domain === undefined ? undefined : store.cnames.find(at, domain);
      const binding = isPending(bound) ? await bound : bound;
      exchange.resource = identified(likely, head, addressing, host, binding?.bucketName);
      const found = this.#findBucket(exchange, at, binding);
      const bucket = isPending(found) ? await found : found;
      const resource = exchange.resource;
      const cors = bucket?.documents.cors;
      if (cors !== undefined) exchange.headers.push(...corsHeaders(head, cors));
      refusePathStyle(settings, host.name, exchange);
      let selected = operations.select(head, resource);
      exchange.operation = selected.name;
      if (resource.bucket !== undefined && bucket === undefined && !selected.withoutBucket) {
        throw noSuchBucket(resource.bucket);
      }

      const nowMs = clock.now();
      const recognised = recogniseLink(store, at, head, resource, nowMs);
      const caller =
        (isPending(recognised) ? await recognised : recognised) ??
        (await this.#authenticate(at, head, resource, nowMs));
      exchange.accessKeyId = caller.accessKeyId;
      refuseOlderSignature(settings, caller, resource.bucket);
      // What no signature covers was taken away: what is left decides which operation this is.
      if (caller.lostParameters) selected = operations.select(head, resource);
      exchange.operation = selected.name;
      const handler = selected.handler();
      const { principal } = caller;
      const asked = { at, exchange, head, handler, principal, bucket, nowMs };
      const permitted = requirePermission(store, asked);
      if (isPending(permitted)) await permitted;

      const read = readMessage(exchange, head, handler);
      const message = isPending(read) ? await read : read;
      const input = decodeRequest(handler.operation, message);
      const context = new RequestContext(store, settings, exchange, at, caller, bucket, nowMs);
      const ran = handler.run(input, context);
      const output = isPending(ran) ? await ran : ran;
      const time = this.#responseTime(exchange, false);
      const sent = sendAnswer(exchange, handler.operation, output, time);
      if (isPending(sent)) await sent;
    } catch (failure) {
      await this.#refuse(exchange, failure);
    } finally {
      this.#end(exchange);
    }
  }

  #begin(request: HttpRequest, response: HttpResponse, waits: boolean): Exchange {
    const { clock, metrics, requestIds, stallGuard } = this.#parts;
    response.sendDate = false;
    // A broken connection is seen by whoever reads or writes; unheard, it would end the process.
    response.on('error', ignore);
    request.on('error', ignore);
    const exchange = new Exchange(requestIds.next(), clock.monotonic(), request, response, waits);
    if (!(request instanceof PlainRequest)) inFlight.set(request.socket, exchange);
    stallGuard.watch(exchange);
    metrics?.begin();
    return exchange;
  }

  #end(exchange: Exchange): void {
    const { clock, log, metrics, stallGuard } = this.#parts;
    stallGuard.unwatch(exchange);
    const endedMs = clock.monotonic();
    account(log, exchange, endedMs);
    metrics?.end(exchange, endedMs);
  }

  async #authenticate(
    at: RequestView,
    head: Head,
    resource: Resource,
    nowMs: number,
  ): Promise<Caller> {
    const { store, settings, authenticator } = this.#parts;
    // Browsers send preflights without credentials.
    if (head.method === 'OPTIONS') return nobody;
    try {
      return await authenticate(authenticator, store, at, head, resource, nowMs);
    } catch (refusal) {
      const link = settings.headOnGetLinks ? asGetLink(head, refusal) : undefined;
      if (link === undefined) throw refusal;
      return authenticate(authenticator, store, at, link, resource, nowMs);
    }
  }

  #findBucket(
    exchange: Exchange,
    at: RequestView,
    binding: DomainBinding | undefined,
  ): Eventually<Bucket | undefined> {
    const { resource } = exchange;
    if (resource?.bucket === undefined) return undefined;
    return whenThere(this.#parts.store.buckets.find(at, resource.bucket), (bucket) =>
      theBucket(exchange, resource, bucket, binding),
    );
  }

  #responseTime(exchange: Exchange, close: boolean): ResponseTime {
    const { clock, isDraining } = this.#parts;
    return {
      nowMs: clock.now(),
      elapsedMs: clock.monotonic() - exchange.startedMs,
      close: close || isDraining() || !exchange.request.complete,
    };
  }

  async #refuse(exchange: Exchange, failure: unknown): Promise<void> {
    const { error, unexpected } = mapFailure(failure);
    if (unexpected) {
      const { requestId, operation } = exchange;
      this.#parts.log.error({ requestId, operation, err: failure }, 'request failed');
    }
    exchange.body.fail(error);
    try {
      await sendError(exchange, error, this.#responseTime(exchange, error.closeConnection), () =>
        linger(exchange.request),
      );
    } catch {
      exchange.response.destroy();
    }
  }
}

function ignore(): void {
  // Whoever reads or writes sees it too.
}

/** A link that is sent where it was sent before leads where it led before. */
function resourceOf(
  { known, path }: Head,
  addressing: Addressing,
  host: RequestHost,
  bound: string | undefined,
): Resource {
  const place = known?.place;
  const isSame = place?.addressing === addressing && place.bound === bound;
  if (isSame && place.resource.host === host.host) return place.resource;
  const resource = identifyResource(addressing, host, path, bound);
  if (known !== undefined) known.place = { addressing, bound, resource };
  return resource;
}

interface Foreseen {
  readonly bound: string | undefined;
  readonly resource: Resource;
}

/** Where the request leads if its host leads where it led last; undefined where that cannot be. */
function foresee(
  head: Head,
  addressing: Addressing,
  host: RequestHost,
  bound: string | undefined,
): Foreseen | undefined {
  try {
    return { bound, resource: resourceOf(head, addressing, host, bound) };
  } catch {
    // Whoever identifies the resource for good says what is wrong.
    return undefined;
  }
}

/** Where the request leads now that it is known what its host is bound to. */
function identified(
  foreseen: Foreseen | undefined,
  head: Head,
  addressing: Addressing,
  host: RequestHost,
  bound: string | undefined,
): Resource {
  if (foreseen !== undefined && foreseen.bound === bound) return foreseen.resource;
  return resourceOf(head, addressing, host, bound);
}

/** What the name leads to; or, where the host only seems to name a bucket, the service. */
function theBucket(
  exchange: Exchange,
  resource: Resource,
  bucket: Bucket | undefined,
  binding: DomainBinding | undefined,
): Bucket | undefined {
  // A domain is bound to a bucket, not to whatever has its name later.
  if (binding !== undefined && bucket?.id.equals(binding.bucketId) === false) return undefined;
  // ali-oss with an IP endpoint sends service-level calls to the bucket host of `undefined`.
  const meansService = resource.bucket === 'undefined' && resource.style === 'virtual';
  if (bucket === undefined && meansService && resource.level === 'bucket') {
    exchange.resource = { level: 'service', style: 'service', host: resource.host };
  }
  return bucket;
}

function readMessage(exchange: Exchange, head: Head, handler: Handler): Eventually<Message> {
  const { operation } = handler;
  const message: Message = { status: 0, query: head.query, headers: head.headers, body: undefined };
  if (operation.requestBody === 'document') {
    const bytesMax = operation.documentBytesMax ?? 1024 * 1024;
    return readDocument(exchange.body, head.headers, bytesMax).then((document) => {
      message.body = document;
      return message;
    });
  }
  if (operation.requestBody === 'stream') {
    requireLength(head);
    message.body = exchange.body;
  }
  return message;
}

/** A body of unknown length must at least be framed by chunks. */
function requireLength(head: Head): void {
  if (head.headers.has('content-length') || head.headers.has('transfer-encoding')) return;
  throw ossError('MissingContentLength');
}

/**
 * Node saw the connection end inside a body. The socket may still take an answer, so the request
 * fails with IncompleteBody. False when no request on this socket waits for a body.
 */
export function failTruncatedBody(socket: object): boolean {
  const exchange = inFlight.get(socket);
  if (exchange === undefined || exchange.request.complete) return false;
  exchange.body.fail(incompleteBody());
  return !exchange.response.headersSent;
}

/**
 * Node found rubbish behind a request that is whole. Its answer is still owed and must be the first
 * on the socket; the connection ends after it. False when no answer is owed.
 */
export function closeAfterAnswer(socket: Socket): boolean {
  const exchange = inFlight.get(socket);
  if (exchange === undefined || !exchange.request.complete) return false;
  const { response } = exchange;
  if (response.writableFinished || response.destroyed) return false;
  response.shouldKeepAlive = false;
  response.once('close', () => socket.destroySoon());
  return true;
}
