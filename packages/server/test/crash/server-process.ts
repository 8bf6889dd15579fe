// Servers in processes of their own, for tests that kill them. The next one is started early and waits,
// its modules loaded, so that a kill costs what recovery costs and no more.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, isAlive } from '../support/processes.ts';
import { SignedRequests } from '../support/signed-requests.ts';
import type { Orders, Ready } from './crash-server.ts';

const program = fileURLToPath(new URL('./crash-server.ts', import.meta.url));
/** Halves what a start costs. */
const compileCache = fileURLToPath(new URL('../../../../.cache/compile', import.meta.url));

/** Workers end at once when the writer is gone; slow machines get this long. */
const outlivedMsMax = 10_000;

export class ServerProcess {
  readonly requests: SignedRequests;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, { port, region }: Ready) {
    this.#child = child;
    const accessKeyId = 'crash-test-key';
    const accessKeySecret = 'crash-test-secret';
    this.requests = new SignedRequests({ port, region, accessKeyId, accessKeySecret });
  }

  /** Of the workers that there are at the moment; none in a server of one process. */
  workers(): number[] {
    return childrenOf(this.#child.pid ?? 0);
  }

  /** Stops it in the middle of whatever it does, to be killed later. */
  freeze(): void {
    for (const pid of this.#pids()) process.kill(pid, 'SIGSTOP');
  }

  /** kill -9 of all its processes. Resolves when they are gone; at once when they are gone already. */
  async kill(): Promise<void> {
    const pids = this.#pids();
    for (const pid of pids) killNow(pid);
    await this.ended();
    await gone(pids);
  }

  /** kill -9 of the process that writes. Resolves when the workers have ended for want of it. */
  async killWriter(): Promise<void> {
    const workers = this.workers();
    killNow(this.#child.pid ?? 0);
    await this.ended();
    await gone(workers);
  }

  /** Resolves when the process that writes is gone. */
  async ended(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) await once(this.#child, 'exit');
    this.requests.close();
  }

  #pids(): number[] {
    return [...this.workers(), this.#child.pid ?? 0];
  }
}

function killNow(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
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
