// What a server's primary and its workers say to each other over Node's own channel: starting, settings,
// figures, ending. Requests and commits never pass here. Everything is JSON.
import type { MetricsReport } from '../../admin/metrics-report.ts';
import type { Listening } from '../process/listen.ts';
import type { LimitSeams } from '../serving/seams.ts';
import type { Configuration } from '../settings/configuration.ts';

/** Everything a worker needs to know. */
export interface WorkerStart extends LimitSeams {
  /** From 1; what its log lines say. */
  readonly number: number;
  /** Hexadecimal; the primary drew it, so that it knows whose blobs are whose. */
  readonly epoch: string;
  /** Without accounts: their keys are in the store. */
  readonly configuration: Configuration;
  /** The data folder. */
  readonly data: string;
  /** Base64. */
  readonly masterKey: string;
  /** Requests are counted. */
  readonly metered: boolean;
}

/** Where a worker listens: all of a server listen on the same. */
export interface WorkerListening {
  readonly http?: Listening | undefined;
  readonly https?: Listening | undefined;
}

/** An error on its way to the other process; its stack stays where it was. */
export interface ToldError {
  readonly name: string;
  readonly message: string;
}

export type ToWorker =
  | { readonly type: 'start'; readonly start: WorkerStart }
  /** Read what this configuration needs; answered by `done`. */
  | { readonly type: 'prepare'; readonly id: number; readonly configuration: Configuration }
  /** Serve by what was prepared last; answered by `done`. */
  | { readonly type: 'apply'; readonly id: number }
  /** Answered by `done` with a report. */
  | { readonly type: 'report'; readonly id: number }
  | { readonly type: 'drain' }
  /** The primary has heard `drained`, and sends no connection any more. */
  | { readonly type: 'end' };

export type FromWorker =
  /** It listens to this channel now. */
  | { readonly type: 'hello' }
  | { readonly type: 'ready'; readonly listening: WorkerListening }
  /** It cannot start, and ends. */
  | { readonly type: 'failed'; readonly error: ToldError }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly error?: ToldError | undefined;
      readonly report?: MetricsReport | undefined;
    }
  /** It has answered everything, and listens nowhere. */
  | { readonly type: 'drained'; readonly report?: MetricsReport | undefined }
  /** The last word. */
  | { readonly type: 'ended' };

export function toldError({ name, message }: Error): ToldError {
  return { name, message };
}
