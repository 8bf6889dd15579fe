// One request and its answer on their way through the pipeline. Each step adds what it found out.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestBody } from './http/request-body.ts';
import type { Resource } from './resource.ts';
import type { Head } from './steps/read-head.ts';

/** What the access log and the error document need, filled in as the steps go. */
export interface Exchange {
  readonly requestId: string;
  /** Monotonic, ms. */
  readonly startedMs: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: RequestBody;
  head: Head | undefined;
  resource: Resource | undefined;
  operation: string | undefined;
  accessKeyId: string | undefined;
  /** Status and code of the answer, for the log. */
  status: number;
  code: string | undefined;
  ec: string | undefined;
  bytesOut: number;
  /** Headers of any answer, success or refusal: name, value, name, value. */
  readonly headers: string[];
}
