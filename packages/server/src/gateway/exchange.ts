// One request and its answer on their way through the pipeline. Each step adds what it found out.
import { ossError } from '@osskeep/protocol';
import { RequestBody } from './http/request-body.ts';
import type { Stallable } from './http/stall-guard.ts';
import type { HttpRequest, HttpResponse } from './http/wire.ts';
import type { Resource } from './resource.ts';
import type { Head } from './steps/read-head.ts';

/** What the access log and the error document need, filled in as the steps go. */
export class Exchange implements Stallable {
  readonly requestId: string;
  /** Monotonic, ms. */
  readonly startedMs: number;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly #waits: boolean;
  #body: RequestBody | undefined;
  head: Head | undefined;
  resource: Resource | undefined;
  operation: string | undefined;
  accessKeyId: string | undefined;
  /** Status and code of the answer, for the log. */
  status = 0;
  code: string | undefined;
  ec: string | undefined;
  bytesOut = 0;
  place = -1;
  /** Headers of any answer, success or refusal: name, value, name, value. */
  readonly headers: string[] = [];

  /** `waits`: the client sends its body only when it is told to continue. */
  constructor(
    requestId: string,
    startedMs: number,
    request: HttpRequest,
    response: HttpResponse,
    waits: boolean,
  ) {
    this.requestId = requestId;
    this.startedMs = startedMs;
    this.request = request;
    this.response = response;
    this.#waits = waits;
    this.#body = undefined;
    this.head = undefined;
    this.resource = undefined;
    this.operation = undefined;
    this.accessKeyId = undefined;
    this.code = undefined;
    this.ec = undefined;
  }

  /** Made for who reads it: most requests have none. */
  get body(): RequestBody {
    this.#body ??= new RequestBody(
      this.request,
      this.#waits ? () => this.response.writeContinue() : undefined,
    );
    return this.#body;
  }

  /** Of the body. */
  get bytesIn(): number {
    return this.#body?.receivedBytes ?? 0;
  }

  progressBytes(): number {
    return this.bytesIn + this.bytesOut;
  }

  waitsForClient(): boolean {
    return this.#body?.isWaiting === true || this.response.writableNeedDrain;
  }

  stalled(): void {
    if (this.response.headersSent) this.response.destroy();
    else this.body.fail(ossError('RequestTimeout', {}, { closeConnection: true }));
  }
}
