// One worker as the primary sees it: started, asked, drained, ended.
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricsReport } from '../../admin/metrics-report.ts';
import type { Configuration } from '../settings/configuration.ts';
import { ConfigurationError } from '../settings/errors.ts';
import { closeForgottenConnections } from './handed-connections.ts';
import type { FromWorker, ToldError, ToWorker, WorkerListening, WorkerStart } from './messages.ts';

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** The system could not start it. */
  readonly error?: Error;
}

/** `status 1`, `signal SIGKILL`. */
export function endingText({ code, signal, error }: Ending): string {
  if (error !== undefined) return error.message;
  return signal === null ? `status ${code}` : `signal ${signal}`;
}

/** Whoever has ended says nothing new; what it said is read by then. */
const lastWordsMs = 1_000;

type Done = FromWorker & { readonly type: 'done' };

export class WorkerProcess {
  readonly number: number;
  /** Hexadecimal. */
  readonly epoch: string;
  readonly #worker: Worker;
  readonly #asked = new Map<number, { resolve(done: Done): void; reject(error: Error): void }>();
  readonly #listening = Promise.withResolvers<WorkerListening>();
  readonly #drained = Promise.withResolvers<void>();
  /** Resolves when the process is gone and everything it said was heard. */
  readonly ended: Promise<Ending>;
  #nextId = 1;
  #readyMs: number | undefined;
  #isGone = false;
  #lastReport: MetricsReport | undefined;
  #draining: Promise<void> | undefined;

  /** The configuration is read when the worker asks for it: it may have changed since the fork. */
  constructor(number: number, epoch: string, settings: () => WorkerStart) {
    this.number = number;
    this.epoch = epoch;
    this.#worker = cluster.fork();
    closeForgottenConnections(this.#worker.process);
    this.#listening.promise.catch(() => undefined);
    this.#worker.on('message', (message: FromWorker) => this.#hear(message, settings));
    this.ended = this.#end();
  }

  get pid(): number | undefined {
    return this.#worker.process.pid;
  }

  /** Listens; rejects with what the worker says is wrong, or how it ended. */
  get listening(): Promise<WorkerListening> {
    return this.#listening.promise;
  }

  get isReady(): boolean {
    return this.#readyMs !== undefined && !this.#isGone;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Since it was ready; 0 when it never was. */
  get servedMs(): number {
    return this.#readyMs === undefined ? 0 : performance.now() - this.#readyMs;
  }

  /** What it last said that it had counted. */
  get lastReport(): MetricsReport | undefined {
    return this.#lastReport;
  }

  async prepare(configuration: Configuration): Promise<void> {
    await this.#ask((id) => ({ type: 'prepare', id, configuration }));
  }

  async apply(): Promise<void> {
    await this.#ask((id) => ({ type: 'apply', id }));
  }

  /** Asks what it has counted; when it does not answer soon, what it said before still counts. */
  async askReport(withinMs: number): Promise<void> {
    const late = sleep(withinMs, undefined, { ref: false });
    await Promise.race([this.#ask((id) => ({ type: 'report', id })), late]).catch(() => undefined);
  }

  /** It is counted elsewhere now. */
  forgetReport(): void {
    this.#lastReport = undefined;
  }

  /** Resolves when it has ended: by itself after its last answer, by force after the deadline. */
  drain(deadlineMs: number): Promise<void> {
    this.#draining ??= this.#drain(deadlineMs);
    return this.#draining;
  }

  async #drain(deadlineMs: number): Promise<void> {
    const deadline = setTimeout(() => this.kill(), deadlineMs);
    this.#send({ type: 'drain' });
    await Promise.race([this.#drained.promise, this.ended]);
    this.#send({ type: 'end' });
    await this.ended;
    clearTimeout(deadline);
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }

  #hear(message: FromWorker, settings: () => WorkerStart): void {
    switch (message.type) {
      case 'hello':
        this.#send({ type: 'start', start: settings() });
        return;
      case 'ready':
        this.#readyMs = performance.now();
        this.#listening.resolve(message.listening);
        return;
      case 'failed':
        this.#listening.reject(startFailure(message.error));
        return;
      case 'done':
        this.#lastReport = message.report ?? this.#lastReport;
        this.#settle(message);
        return;
      case 'drained':
        this.#lastReport = message.report ?? this.#lastReport;
        this.#drained.resolve();
        return;
      case 'ended':
    }
  }

  #settle(done: Done): void {
    const asked = this.#asked.get(done.id);
    this.#asked.delete(done.id);
    if (done.error === undefined) asked?.resolve(done);
    else asked?.reject(errorOf(done.error));
  }

  #ask(message: (id: number) => ToWorker): Promise<Done> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      if (this.#isGone) {
        reject(new Error(`Worker ${this.number} has ended.`));
        return;
      }
      this.#asked.set(id, { resolve, reject });
      this.#send(message(id));
    });
  }

  #send(message: ToWorker): void {
    if (this.#worker.isConnected()) this.#worker.send(message);
  }

  async #end(): Promise<Ending> {
    const ending = await endOf(this.#worker);
    this.#isGone = true;
    const how = `Worker ${this.number} ended with ${endingText(ending)}`;
    this.#listening.reject(new Error(`${how} before it was ready.`));
    for (const { reject } of this.#asked.values()) reject(new Error(`${how}.`));
    this.#asked.clear();
    return ending;
  }
}

/** Its last messages may come after its exit. */
async function endOf(worker: Worker): Promise<Ending> {
  const ending = await new Promise<Ending>((resolve) => {
    worker.on('exit', (code: number | null, signal: string | null) => resolve({ code, signal }));
    worker.on('error', (error) => {
      // Else a message could not be delivered: the end is told as well, and that is what counts.
      if (worker.process.pid === undefined) resolve({ code: null, signal: null, error });
    });
  });
  // Asked, not waited for: with a connection under way to the worker Node does not tell the end.
  for (let waitedMs = 0; worker.isConnected() && waitedMs < lastWordsMs; waitedMs += 5) {
    await sleep(5);
  }
  return ending;
}

/** What the operator can mend stays worded as it is; anything else says where it happened. */
function startFailure(told: ToldError): Error {
  const error = errorOf(told);
  if (error instanceof ConfigurationError) return error;
  return new Error(`A worker cannot start: ${told.message}`);
}

function errorOf({ name, message }: ToldError): Error {
  return name === 'ConfigurationError' ? new ConfigurationError(message) : new Error(message);
}
