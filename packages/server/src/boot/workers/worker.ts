// A worker: serves requests, reads metadata itself, writes and syncs blob files under an epoch of its own,
// and sends its commits to the primary. It lives no longer than the primary does.
import type { MetricsReport } from '../../admin/metrics-report.ts';
import type { ConfiguredTexts } from '../engines/configured-texts.ts';
import { openWorkerEngines } from '../engines/open-worker.ts';
import { ClosingStack } from '../process/closing-stack.ts';
import { type Logger, openLog, type ServerLog } from '../process/log.ts';
import { openPorts } from '../serving/process-ports.ts';
import { openProcessStore } from '../serving/process-store.ts';
import type { PartSeams } from '../serving/seams.ts';
import { type Served, serve } from '../serving/serve.ts';
import type { Configuration } from '../settings/configuration.ts';
import { type FromWorker, type ToWorker, toldError, type WorkerStart } from './messages.ts';

/** A terminal or a supervisor sends them to all processes of a server: the primary answers for all. */
const primarysSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;

interface RunningWorker {
  readonly log: ServerLog;
  prepare(configuration: Configuration): Promise<() => void>;
  report(): Promise<MetricsReport>;
  /** Drains and closes. */
  stop(): Promise<void>;
}

/** For a process that a primary forked; it ends by itself. */
export function runWorker(seams: PartSeams = {}): void {
  let running: RunningWorker | undefined;
  let apply: (() => void) | undefined;
  const work = async (message: ToWorker): Promise<void> => {
    switch (message.type) {
      case 'start':
        running = await start(message.start, seams);
        return;
      case 'prepare':
        apply = await running?.prepare(message.configuration);
        say({ type: 'done', id: message.id });
        return;
      case 'apply':
        apply?.();
        say({ type: 'done', id: message.id });
        return;
      case 'report':
        say({ type: 'done', id: message.id, report: await running?.report() });
        return;
      case 'drain':
        await running?.stop();
        say({ type: 'drained', report: await running?.report() });
        return;
      case 'end':
        running?.log.flush();
        // What was said before this arrives before it.
        say({ type: 'ended' }, () => process.exit(0));
    }
  };
  const failed = (message: ToWorker, error: Error): void => {
    if ('id' in message) say({ type: 'done', id: message.id, error: toldError(error) });
    else if (message.type === 'start') say({ type: 'failed', error: toldError(error) }, endNow);
    else endBecause(running?.log, error);
  };
  for (const signal of primarysSignals) process.on(signal, () => undefined);
  // Whoever goes on without the primary would answer for a server that is gone. (node:cluster, too,
  // ends a worker then; it must not depend on that.)
  process.on('disconnect', endNow);
  process.on('message', (message: ToWorker) => {
    work(message).catch((error: Error) => failed(message, error));
  });
  say({ type: 'hello' });
}

async function start(given: WorkerStart, seams: PartSeams): Promise<RunningWorker> {
  const { number, configuration, data, metered, drain, stall, graceMs } = given;
  const ports = openPorts(seams, configuration);
  const fields = { worker: number };
  const serverLog = openLog(configuration.log, undefined, { isShared: true, fields });
  const { log } = serverLog;
  const epoch = Buffer.from(given.epoch, 'hex');
  const opened = new ClosingStack();
  const engines = await openWorkerEngines({
    data,
    epoch,
    random: ports.random,
    masterKey: Buffer.from(given.masterKey, 'base64'),
    uploadBufferBytes: configuration.limits.uploadBufferBytes,
    fileSystem: seams.fileSystem,
    directWrites: seams.directWrites,
    // The primary is gone, or declared this worker dead.
    onLost: endNow,
  });
  opened.add(() => engines.close());
  opened.add(() => ports.digests.close());
  const store = await openProcessStore({
    configuration,
    engines,
    ports,
    epoch,
    log,
    seams: { ...seams, graceMs },
    share: { runsNodeJobs: false },
    onFenced: () => endBecause(serverLog, new Error('The primary declared this worker dead.')),
  });
  opened.add(() => store.close());
  const { clock, random } = ports;
  const served = await serve({ configuration, metered, store, clock, random, log, drain, stall });
  opened.add(() => served.stop());
  say({ type: 'ready', listening: { http: served.http, https: served.https } });
  return {
    log: serverLog,
    prepare: (next) => prepare(served, next, ports.domainTexts, log),
    report: () => served.report(),
    stop: () => opened.close(),
  };
}

async function prepare(
  served: Served,
  next: Configuration,
  domainTexts: ConfiguredTexts,
  log: Logger,
): Promise<() => void> {
  const apply = await served.prepare(next);
  return () => {
    apply();
    domainTexts.use(next.cnameResolver);
    log.level = next.log;
  };
}

function say(message: FromWorker, then: () => void = () => undefined): void {
  process.send?.(message, then);
}

function endBecause(serverLog: ServerLog | undefined, error: Error): never {
  serverLog?.log.fatal({ err: error }, 'the worker ends');
  serverLog?.flush();
  endNow();
}

function endNow(): never {
  process.exit(1);
}
