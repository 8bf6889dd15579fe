// Servers in processes of their own, for tests that kill them. The next one is started early and waits,
// its modules loaded, so that a kill costs what recovery costs and no more.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SignedRequests } from '../support/signed-requests.ts';
import type { Orders, Ready } from './crash-server.ts';

const program = fileURLToPath(new URL('./crash-server.ts', import.meta.url));
/** Halves what a start costs. */
const compileCache = fileURLToPath(new URL('../../../../.cache/compile', import.meta.url));

export class ServerProcess {
  readonly requests: SignedRequests;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, { port, region }: Ready) {
    this.#child = child;
    const accessKeyId = 'crash-test-key';
    const accessKeySecret = 'crash-test-secret';
    this.requests = new SignedRequests({ port, region, accessKeyId, accessKeySecret });
  }

  /** Stops it in the middle of whatever it does, to be killed later. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  /** kill -9. Resolves when the process is gone; at once when it is gone already. */
  async kill(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await gone;
    }
    this.requests.close();
  }
}

export class Servers {
  #waiting: ChildProcess | undefined;

  /** Starts the next process, which does nothing yet. */
  prepare(): void {
    this.#waiting ??= spawn(process.execPath, ['--conditions=osskeep-source', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
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
