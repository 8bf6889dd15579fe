// One request and its answer on their way through the pipeline: what the log, the metrics and a refusal need,
// filled in as the steps go.
import { ossError } from '@osskeep/protocol';
import type { Stallable } from '../http/stall-guard.ts';
import type { HttpAnswer, HttpRequest, Remote, RequestBody } from '../http/wire.ts';
import type { Resource } from './resource.ts';

const warningHeader = 'x-osskeep-warning';

export class Exchange implements Stallable {
  readonly requestId: string;
  /** Monotonic, ms. */
  readonly startedMs: number;
  readonly request: HttpRequest;
  readonly answer: HttpAnswer;
  resource: Resource | undefined = undefined;
  /** Name of the operation. */
  operation: string | undefined = undefined;
  accessKeyId: string | undefined = undefined;
  /** Status and code of the answer. */
  status = 0;
  code: string | undefined = undefined;
  ec: string | undefined = undefined;
  bytesOut = 0;
  index = -1;
  /** Headers of any answer, success or refusal: name, value, name, value. */
  readonly headers: string[] = [];

  constructor(requestId: string, startedMs: number, request: HttpRequest, answer: HttpAnswer) {
    this.requestId = requestId;
    this.startedMs = startedMs;
    this.request = request;
    this.answer = answer;
  }

  get body(): RequestBody {
    return this.request.body;
  }

  get remote(): Remote {
    return this.request.remote;
  }

  /** Of the body. */
  get bytesIn(): number {
    return this.body.receivedBytes;
  }

  /** Tells the client what the real service would have refused; ASCII, one sentence. */
  warn(text: string): void {
    this.headers.push(warningHeader, text);
  }

  progressBytes(): number {
    return this.bytesIn + this.bytesOut;
  }

  waitsForClient(): boolean {
    return this.body.isWaiting || this.answer.isFull;
  }

  stalled(): void {
    if (this.answer.isBegun) this.answer.destroy();
    else this.body.fail(ossError('RequestTimeout', {}, { closeConnection: true }));
  }
}
