// The life of a request: the list of its steps, in order, each a file with one idea. What wraps them all (log,
// metrics, stall guard, refusals) stands here once.
import type { OssError } from '@osskeep/protocol';
import { isPending } from '../core/ports/eventually.ts';
import { mapFailure } from './answers/map-failure.ts';
import type { RequestIds } from './http/request-id.ts';
import type { StallGuard } from './http/stall-guard.ts';
import { Turn } from './http/turn.ts';
import type { HttpAnswer, HttpRequest, RequestServer } from './http/wire.ts';
import { account, type Logger } from './request/access-log.ts';
import { Exchange } from './request/exchange.ts';
import type { RequestMeter } from './request/request-meter.ts';
import { authenticate } from './steps/authenticate.ts';
import { authorize } from './steps/authorize.ts';
import { findBucket } from './steps/find-bucket.ts';
import { findDomain } from './steps/find-domain.ts';
import { identifyResource } from './steps/identify-resource.ts';
import { openView } from './steps/open-view.ts';
import { readHead } from './steps/read-head.ts';
import { readMessage } from './steps/read-message.ts';
import { refusePathStyle } from './steps/refuse-path-style.ts';
import { requireBucket } from './steps/require-bucket.ts';
import { requireV4 } from './steps/require-v4.ts';
import { runOperation } from './steps/run-operation.ts';
import { selectOperation } from './steps/select-operation.ts';
import { sendAnswer } from './steps/send-answer.ts';
import { type Step, type StepParts, Work } from './steps/step.ts';

const steps: readonly Step[] = [
  readHead,
  identifyResource,
  openView,
  findDomain,
  findBucket,
  refusePathStyle,
  selectOperation,
  requireBucket,
  authenticate,
  requireV4,
  authorize,
  readMessage,
  runOperation,
  sendAnswer,
];

/** All of one shape: the loop then need not look up what each of them has. */
const plan = steps.map(({ ask, run }) => ({ ask, run }));

export interface PipelineParts extends StepParts {
  readonly log: Logger;
  readonly requestIds: RequestIds;
  readonly stallGuard: StallGuard;
  readonly metrics?: RequestMeter | undefined;
}

export class Pipeline implements RequestServer {
  readonly #parts: PipelineParts;
  readonly #turn = new Turn();

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  serve(request: HttpRequest, answer: HttpAnswer): void {
    void this.#see(request, answer, undefined);
  }

  refuse(request: HttpRequest, answer: HttpAnswer, refusal: OssError): void {
    void this.#see(request, answer, refusal);
  }

  /** Sees a request to its end; never rejects. `unread`: why it could not be read. */
  async #see(
    request: HttpRequest,
    answer: HttpAnswer,
    unread: OssError | undefined,
  ): Promise<void> {
    const { clock, log, metrics, requestIds, stallGuard } = this.#parts;
    const exchange = new Exchange(requestIds.next(), clock.monotonic(), request, answer);
    stallGuard.watch(exchange);
    metrics?.begin();
    try {
      if (unread !== undefined) throw unread;
      await this.#turn.read();
      const work = new Work(this.#parts, exchange);
      let step = plan[0];
      for (let at = 0; step !== undefined; step = plan[at]) {
        // What is at hand is not awaited: of a download of a known object, that is everything.
        const asked = step.ask?.(work);
        const found = isPending(asked) ? await asked : asked;
        const next = step.run?.(work, found);
        at = next === undefined ? at + 1 : steps.indexOf(next);
      }
    } catch (failure) {
      await this.#refuse(exchange, failure);
    } finally {
      stallGuard.unwatch(exchange);
      const endedMs = clock.monotonic();
      account(log, exchange, endedMs);
      metrics?.end(exchange, endedMs);
    }
  }

  async #refuse(exchange: Exchange, failure: unknown): Promise<void> {
    const { error, unexpected } = mapFailure(failure);
    const { requestId, operation } = exchange;
    if (unexpected) {
      this.#parts.log.error({ requestId, operation, err: failure }, 'request failed');
    }
    exchange.body.fail(error);
    try {
      await this.#parts.sender.refuse(exchange, error);
    } catch (unsent) {
      this.#parts.log.error({ requestId, operation, err: unsent }, 'refusal not sent');
      exchange.answer.destroy();
    }
  }
}
