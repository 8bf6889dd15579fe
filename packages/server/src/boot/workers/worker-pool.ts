// The front of a server with workers: starts them, keeps as many as there should be, gives them new
// settings, restarts them one after the other, drains them. This process answers no request itself.
import cluster from 'node:cluster';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type MetricsText, SummedMetrics } from '../../admin/metrics-report.ts';
import { RequestMetrics } from '../../admin/request-metrics.ts';
import { epochBytes } from '../../core/ports/blob-id.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Store } from '../../core/store.ts';
import { defaultDrainTimes } from '../../gateway/listeners/drain.ts';
import type { Listening } from '../process/listen.ts';
import type { Logger } from '../process/log.ts';
import type { Front } from '../serving/front.ts';
import type { LimitSeams } from '../serving/seams.ts';
import type { Configuration } from '../settings/configuration.ts';
import type { LocalAuthority } from '../tls/local-authority.ts';
import { freePorts, type ListenAt } from './free-ports.ts';
import type { WorkerStart } from './messages.ts';
import { defaultRestartTimes, Restarts, type RestartTimes } from './restarts.ts';
import { endingText, WorkerProcess } from './worker-process.ts';

/** What tests replace; production leaves it empty. */
export interface PoolSeams extends LimitSeams {
  /** The program of the workers: one that gives `runWorker` parts of its own. */
  readonly workerProgram?: string | undefined;
  readonly restarts?: Partial<RestartTimes> | undefined;
}

export interface PoolInput {
  readonly configuration: Configuration;
  /** How many there should be. */
  readonly workers: number;
  readonly data: string;
  readonly masterKey: Buffer;
  readonly metered: boolean;
  readonly authority: LocalAuthority | undefined;
  readonly store: Store;
  /** Epochs of the workers that may commit, hexadecimal; the pool keeps it. */
  readonly epochs: Set<string>;
  /** Pages that only dead readers hold may be used again. */
  readonly forgetDeadReaders: () => void;
  readonly random: Random;
  readonly log: Logger;
  /** Workers keep ending as soon as they start: there is no use in going on. */
  readonly onFatal: (error: Error) => void;
  readonly seams: PoolSeams;
}

/** One of the workers that there should be, whichever process it is at the moment. */
interface Slot {
  readonly number: number;
  readonly restarts: Restarts;
  current: WorkerProcess | undefined;
}

/** For figures: an answer that is late is as good as none. */
const reportWithinMs = 1_000;
/** Beyond its own deadline a worker gets so long to close what it has open. */
const closingMs = 5_000;

export class WorkerPool implements Front {
  readonly authority: LocalAuthority | undefined;
  http: Listening | undefined;
  https: Listening | undefined;
  readonly #input: PoolInput;
  readonly #slots: readonly Slot[];
  /** Those of the slots, those being started or drained beside them; and the end of each. */
  readonly #workers = new Map<WorkerProcess, Promise<void>>();
  readonly #ended = new SummedMetrics();
  readonly #own = new RequestMetrics({ operations: new Set(), codes: new Set() });
  /** Where workers listen: the configuration's addresses, with a port in place of each 0. */
  readonly #addresses: ListenAt;
  #configuration: Configuration;
  #isStopping = false;
  #restarting: Promise<void> | undefined;

  private constructor(input: PoolInput, addresses: ListenAt) {
    this.#input = input;
    this.#addresses = addresses;
    this.authority = input.authority;
    this.#configuration = this.#forWorkers(input.configuration);
    const times: RestartTimes = { ...defaultRestartTimes, ...input.seams.restarts };
    this.#slots = Array.from({ length: input.workers }, (_, index) => ({
      number: index + 1,
      restarts: new Restarts(times),
      current: undefined,
    }));
  }

  /** Resolves when all workers listen; rejects with the reason of the first that cannot. */
  static async start(input: PoolInput): Promise<WorkerPool> {
    cluster.setupPrimary({
      exec: input.seams.workerProgram ?? ownProgram(),
      args: [],
      // Standard output says that the server is ready, and nothing else.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const pool = new WorkerPool(input, await freePorts(input.configuration));
    try {
      const started = await Promise.all(pool.#slots.map((slot) => pool.#start(slot)));
      const listening = await started[0]?.listening;
      pool.http = listening?.http;
      pool.https = listening?.https;
      for (const [index, worker] of started.entries()) pool.#keep(pool.#slots[index], worker);
    } catch (error) {
      pool.#isStopping = true;
      for (const worker of pool.#workers.keys()) worker.kill();
      await pool.#allBuried();
      throw error;
    }
    return pool;
  }

  isReady(): boolean {
    return !this.#isStopping && this.#slots.some(isTaken);
  }

  async metrics(): Promise<MetricsText> {
    const ready = [...this.#workers.keys()].filter(({ isReady }) => isReady);
    const own = await this.#own.report();
    await Promise.all(ready.map((worker) => worker.askReport(reportWithinMs)));
    // What the others had counted is among the ended ones'.
    const reports = [...this.#workers.keys()].flatMap(({ lastReport }) =>
      lastReport === undefined ? [] : [lastReport],
    );
    return this.#ended.text([own, ...reports]);
  }

  /** All workers can read it, or none serves by it. */
  async prepare(configuration: Configuration): Promise<() => Promise<void>> {
    const next = this.#forWorkers(configuration);
    const prepared = [...this.#workers.keys()].filter(({ isReady }) => isReady);
    await Promise.all(prepared.map((worker) => worker.prepare(next)));
    return async () => {
      this.#configuration = next;
      const applied = prepared.map((worker) =>
        worker.apply().catch((error: Error) => this.#distrust(worker, error)),
      );
      // Others became ready meanwhile, or will: they follow what counts by then.
      const others = [...this.#workers.keys()].filter(
        (worker) => worker.isReady && !prepared.includes(worker),
      );
      await Promise.all([...applied, ...others.map((worker) => this.#follow(worker))]);
    };
  }

  restartWorkers(): Promise<void> {
    this.#restarting ??= this.#restartAll().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const worker of this.#workers.keys()) {
      if (worker.isReady) void worker.drain(this.#drainMs());
      else worker.kill();
    }
    await this.#restarting?.catch(() => undefined);
    await this.#allBuried();
  }

  async #restartAll(): Promise<void> {
    const { log } = this.#input;
    log.info('workers are restarted one after the other');
    for (const slot of this.#slots) {
      // A dead one is being started anew already.
      if (this.#isStopping || !isTaken(slot)) continue;
      const next = await this.#start(slot);
      const old = slot.current;
      this.#keep(slot, next);
      await old?.drain(this.#drainMs());
    }
    log.info('workers are restarted');
  }

  /** Resolves when it listens and serves by the configuration that counts. */
  async #start({ number }: Slot): Promise<WorkerProcess> {
    const { random, log, epochs } = this.#input;
    const epoch = random.bytes(epochBytes).toString('hex');
    let given: Configuration | undefined;
    epochs.add(epoch);
    const worker = new WorkerProcess(number, epoch, () => {
      given = this.#configuration;
      return this.#settings(number, epoch, given);
    });
    this.#workers.set(
      worker,
      worker.ended.then(() => this.#bury(worker)),
    );
    await worker.listening;
    // It was read while the worker started.
    if (given !== this.#configuration) await this.#follow(worker);
    log.info({ number, pid: worker.pid }, 'worker started');
    return worker;
  }

  #settings(number: number, epoch: string, configuration: Configuration): WorkerStart {
    const { data, masterKey, metered, seams } = this.#input;
    const { drain, stall, graceMs } = seams;
    return {
      number,
      epoch,
      configuration,
      data,
      masterKey: masterKey.toString('base64'),
      metered,
      drain,
      stall,
      graceMs,
    };
  }

  /** Prepares and applies the configuration that counts, until it does. */
  async #follow(worker: WorkerProcess): Promise<void> {
    let followed: Configuration | undefined;
    try {
      while (followed !== this.#configuration) {
        followed = this.#configuration;
        await worker.prepare(followed);
        await worker.apply();
      }
    } catch (error) {
      this.#distrust(worker, error as Error);
    }
  }

  /** It may serve by what no longer counts. */
  #distrust(worker: WorkerProcess, error: Error): void {
    if (worker.isGone) return;
    const { number } = worker;
    this.#input.log.error({ number, err: error }, 'worker does not follow the configuration');
    worker.kill();
  }

  /** The process has the slot from now on; when it ends by itself another one takes it. */
  #keep(slot: Slot | undefined, worker: WorkerProcess): void {
    if (slot === undefined) return;
    slot.current = worker;
    void worker.ended.then(async (ending) => {
      if (this.#isStopping || slot.current !== worker) return;
      const { number } = slot;
      this.#input.log.error({ number, pid: worker.pid }, `worker ended: ${endingText(ending)}`);
      await this.#replace(slot, worker.servedMs, endingText(ending));
    });
  }

  async #replace(slot: Slot, servedMs: number, why: string): Promise<void> {
    const delayMs = slot.restarts.delayAfter(servedMs);
    if (delayMs === undefined) {
      this.#giveUp(slot, why);
      return;
    }
    await sleep(delayMs, undefined, { ref: false });
    if (this.#isStopping || isTaken(slot)) return;
    try {
      const worker = await this.#start(slot);
      // By a restart of all workers, meanwhile.
      if (isTaken(slot)) await worker.drain(this.#drainMs());
      else this.#keep(slot, worker);
    } catch (error) {
      if (this.#isStopping) return;
      const { message } = error as Error;
      this.#input.log.error({ number: slot.number }, message);
      await this.#replace(slot, 0, message);
    }
  }

  #giveUp({ number, restarts }: Slot, why: string): void {
    const times = `${restarts.earlyEnds} times in a row`;
    const message = `Worker ${number} ended ${times} soon after its start. The last time: ${why}`;
    this.#input.onFatal(new Error(message));
  }

  /** Whatever way it ended, nothing of it commits any more; what it left is swept in its time. */
  async #bury(worker: WorkerProcess): Promise<void> {
    const { store, epochs, log, forgetDeadReaders } = this.#input;
    if (worker.lastReport !== undefined) this.#ended.retire(worker.lastReport);
    worker.forgetReport();
    epochs.delete(worker.epoch);
    try {
      forgetDeadReaders();
      await store.sweeper.fence(Buffer.from(worker.epoch, 'hex'));
    } catch (error) {
      log.error({ number: worker.number, err: error }, 'worker not fenced; the sweep will do it');
    } finally {
      this.#workers.delete(worker);
    }
  }

  async #allBuried(): Promise<void> {
    await Promise.all(this.#workers.values());
  }

  /** Accounts stay here: their keys are in the store. */
  #forWorkers(configuration: Configuration): Configuration {
    const { listen, tlsListen } = this.#addresses;
    const tls = configuration.tls && { ...configuration.tls, listen: tlsListen };
    return { ...configuration, accounts: [], listen, tls };
  }

  #drainMs(): number {
    const { acceptMs, deadlineMs } = { ...defaultDrainTimes, ...this.#input.seams.drain };
    return acceptMs + deadlineMs + closingMs;
  }
}

function isTaken({ current }: Slot): boolean {
  return current?.isReady === true;
}

/** Beside this file, in the form that this file has itself. */
function ownProgram(): string {
  const { url } = import.meta;
  return fileURLToPath(new URL(`./worker-main${extname(url)}`, url));
}
