// The machine that scripts/official-host.sh makes, for as long as a suite runs: programs run there one after
// another, and reach osskeep at https://oss-cn-hangzhou.aliyuncs.com.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Done, RunOptions } from '../../support/run.ts';
import { missingPrograms, root, seed } from './toolchain.ts';

export const script: string = `${root}scripts/official-host.sh`;

export const missingOfficialHost: string | undefined =
  process.platform !== 'linux'
    ? 'only Linux has namespaces'
    : (missingPrograms('unshare', 'ip', 'setsid', 'curl') ?? missingNamespaces());

function missingNamespaces(): string | undefined {
  for (const user of [['--user', '--map-root-user'], []]) {
    try {
      const trial = 'ip link set lo up && mount --bind /etc/hosts /etc/hosts';
      const args = [...user, '--mount', '--net', 'sh', '-c', trial];
      execFileSync('unshare', args, { stdio: 'ignore' });
      return undefined;
    } catch {
      // The next way.
    }
  }
  return 'this machine lets nobody make namespaces';
}

export class OfficialHost {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #stderr = '';
  #last: Promise<unknown> = Promise.resolve();

  /** `options` are those of the script. */
  constructor(options: readonly string[]) {
    const loop = [process.execPath, '--conditions=osskeep-source', `${seed}/node/command-loop.ts`];
    const child = spawn('bash', [script, ...options, '--', ...loop]);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    const lines: Interface = createInterface({ input: child.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
    this.#child = child;
  }

  /** Commands wait for each other. */
  run = (program: string, args: readonly string[], options: RunOptions = {}): Promise<Done> => {
    const done = this.#last.then(async () => {
      this.#child.stdin?.write(`${JSON.stringify({ program, args, ...options })}\n`);
      const { value, done: ended } = await this.#lines.next();
      if (ended === true) throw new Error(`scripts/official-host.sh ended: ${this.#stderr}`);
      return JSON.parse(value as string) as Done;
    });
    this.#last = done.catch(() => undefined);
    return done;
  };

  async stop(): Promise<void> {
    const { exitCode } = this.#child;
    this.#child.stdin?.end();
    if (exitCode === null) await once(this.#child, 'close');
  }
}
