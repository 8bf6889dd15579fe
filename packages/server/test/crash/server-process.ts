// Servers in processes of their own, for tests that kill them. The next one is started early and waits,
// its modules loaded, so that a kill costs what recovery costs and no more.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childrenOf, isAlive } from '../support/processes.ts';
import { SignedRequests } from '../support/signed-requests.ts';
import type { Listening, Orders, Ready } from './crash-server.ts';

const program = fileURLToPath(new URL('./crash-server.ts', import.meta.url));
/** Halves what a start costs. */
const compileCache = fileURLToPath(new URL('../../../../.cache/compile', import.meta.url));

/** Workers end at once when the writer is gone; slow machines get this long. */
const outlivedMsMax = 10_000;

export class ServerProcess {
  requests: SignedRequests;
  readonly #child: ChildProcess;
  readonly #ready: Ready;
  readonly #listening: Set<number>;

  constructor(child: ChildProcess, ready: Ready) {
    this.#child = child;
    this.#ready = ready;
    this.requests = this.#connect();
    this.#listening = new Set(this.workers());
    const lines = createInterface({ input: child.stdout as Readable });
    lines.on('line', (line) => this.#listening.add((JSON.parse(line) as Listening).listening));
  }

  /** kill -9 of one worker. Resolves when it is gone. */
  async killWorker(pid: number): Promise<void> {
    process.kill(pid, 'SIGKILL');
    await gone([pid]);
  }

  /**
   * Resolves when another worker listens in place of the one that is gone: while none does, the port is closed.
   * New connections go to those that live, and requests over such connections from then on.
   */
  async replaced(workers: number): Promise<void> {
    const listens = (pid: number): boolean => isAlive(pid) && this.#listening.has(pid);
    while (this.workers().filter(listens).length < workers) await sleep(1);
    this.requests.close();
    this.requests = this.#connect();
  }

  /** Of the workers that there are at the moment; none in a server of one process. */
  workers(): number[] {
    return childrenOf(this.#child.pid ?? 0);
  }

  /** Stops it in the middle of whatever it does, to be killed later. */
  freeze(): void {
    this.#signalAll('SIGSTOP');
  }

  /** kill -9 of all its processes. Resolves when they are gone; at once when they are gone already. */
  async kill(): Promise<void> {
    const workers = this.workers();
    this.#signalAll('SIGKILL');
    await this.ended();
    await gone(workers);
  }

  /** kill -9 of the process that writes. Resolves when the workers have ended for want of it. */
  async killWriter(): Promise<void> {
    const workers = this.workers();
    this.#child.kill('SIGKILL');
    await this.ended();
    await gone(workers);
  }

  /** Resolves when the process that writes is gone. */
  async ended(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) await once(this.#child, 'exit');
    this.requests.close();
  }

  #connect(): SignedRequests {
    const accessKeyId = 'crash-test-key';
    const accessKeySecret = 'crash-test-secret';
    return new SignedRequests({ ...this.#ready, accessKeyId, accessKeySecret });
  }

  #signalAll(signal: NodeJS.Signals): void {
    try {
      process.kill(-(this.#child.pid ?? 0), signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

async function gone(pids: readonly number[]): Promise<void> {
  for (let waitedMs = 0; pids.some(isAlive); waitedMs += 2) {
    if (waitedMs > outlivedMsMax) throw new Error('A worker outlived the process that writes.');
    await sleep(2);
  }
}

export class Servers {
  #waiting: ChildProcess | undefined;

  /** Starts the next process, which does nothing yet. */
  prepare(): void {
    this.#waiting ??= spawn(process.execPath, ['--conditions=osskeep-source', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // A group of its own, with its workers.
      detached: true,
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    });
  }

  /** Resolves when the server answers. */
  async start(orders: Orders): Promise<ServerProcess> {
    this.prepare();
    const child = this.#waiting as ChildProcess;
    this.#waiting = undefined;
    const input = child.stdin as Writable;
    // A process that is killed reads no more.
    input.on('error', () => undefined);
    input.write(`${JSON.stringify(orders)}\n`);
    const [line] = (await Promise.race([
      once(child.stdout as Readable, 'data'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`the server ended with ${code} instead of starting`);
      }),
    ])) as [Buffer];
    return new ServerProcess(child, JSON.parse(line.toString()) as Ready);
  }

  /** Ends the process that waits. */
  close(): void {
    this.#waiting?.kill('SIGKILL');
    this.#waiting = undefined;
  }
}
