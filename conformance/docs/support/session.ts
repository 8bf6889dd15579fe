// The shell of a page: one bash, on a machine of its own (machine.sh), in a folder that looks like a fresh
// clone. Blocks are run in it as they are written, one after another, so that what one sets the next finds.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { missingPrograms, root } from '../../seed/support/toolchain.ts';

export const here: string = fileURLToPath(new URL('..', import.meta.url));

const userNamespace = ['--user', '--map-root-user'];
const timeoutMs = 150_000;

function namespaces(): readonly string[] | undefined {
  for (const user of [userNamespace, []]) {
    const flags = [...user, '--mount', '--net'];
    try {
      execFileSync('unshare', [...flags, 'true'], { stdio: 'ignore' });
      return flags;
    } catch {
      // The next way.
    }
  }
  return undefined;
}

/** Why no page can be run here; undefined: it can. */
export const missingMachine: string | undefined =
  process.platform !== 'linux'
    ? 'only Linux has namespaces'
    : (missingPrograms('unshare', 'ip', 'bash', 'npx') ??
      (namespaces() === undefined ? 'this machine lets nobody make namespaces' : undefined));

export interface Ran {
  /** Which commands failed, with their status; empty: none. */
  readonly failed: string;
  readonly stdout: string;
  readonly stderr: string;
}

export class Session {
  readonly #base: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #exited: Promise<unknown>;
  #count = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor() {
    this.#base = mkdtempSync(join(tmpdir(), 'osskeep-page-'));
    const at = (name: string): string => join(this.#base, name);
    for (const folder of ['blocks', 'clone', 'home', 'machine']) mkdirSync(at(folder));
    for (const name of ['package.json', '.npmrc', 'node_modules', 'packages', 'scripts']) {
      symlinkSync(join(root, name), join(at('clone'), name));
    }
    const flags = namespaces() ?? [];
    const machine = [`${here}support/machine.sh`, at('machine'), process.execPath];
    this.#child = spawn('unshare', [...flags, '--', 'bash', ...machine], {
      cwd: at('clone'),
      env: environment(at('home')),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.#exited = once(this.#child, 'exit');
    let said = '';
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.length > 4_000) said = said.slice(-4_000);
    });
    this.#child.stdin?.on('error', () => undefined);
    const lines = createInterface({ input: this.#child.stdout as NonNullable<unknown> as never });
    this.#lines = lines[Symbol.asyncIterator]();
    // Job control, as in a terminal; what fails is written down, also where the block goes on. The status of
    // what a block has stopped itself is no failure.
    this.#write(`exec 8>/dev/null 9>&1
set -m -E
trap 's=$?; case $BASH_COMMAND in wait*) ;; *) echo "status $s: $BASH_COMMAND" >&8 ;; esac' ERR
trap 'trap - ERR; for job in $(jobs -p); do kill -- "-$job"; done 2>/dev/null' EXIT`);
  }

  #write(text: string): void {
    this.#child.stdin?.write(`${text}\n`);
  }

  /** Runs a block. What it leaves in the background goes on. */
  run(text: string): Promise<Ran> {
    const done = this.#last.then(() => this.#run(text));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #run(text: string): Promise<Ran> {
    this.#count += 1;
    const block = join(this.#base, 'blocks', String(this.#count));
    writeFileSync(`${block}.sh`, text);
    this.#write(
      `. ${block}.sh >${block}.out 2>${block}.err 8>${block}.failed </dev/null
jobs -p >${join(this.#base, 'jobs')}
echo ${this.#count} >&9`,
    );
    const timer = setTimeout(() => this.#kill(), timeoutMs);
    const { done } = await this.#lines.next();
    clearTimeout(timer);
    const read = (kind: string): string => readOr(`${block}.${kind}`);
    if (done === true) throw new Error(`the shell ended: ${read('err')}${read('out')}`);
    return { failed: read('failed'), stdout: read('out'), stderr: read('err') };
  }

  /** Waits until the block run last has printed this; what it started may still be on its way. */
  async printed(pattern: RegExp): Promise<void> {
    const block = join(this.#base, 'blocks', String(this.#count));
    for (let waited = 0; waited < 60_000; waited += 50) {
      if (pattern.test(readOr(`${block}.out`))) return;
      if (/^(osskeep: |Node\.js v)/m.test(readOr(`${block}.err`))) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not printed: ${pattern}. ${readOr(`${block}.err`)}`);
  }

  /** A text as the shell expands it, `$first`. */
  async expand(text: string): Promise<string> {
    const { failed, stdout } = await this.run(`printf %s "${text}"`);
    if (failed !== '') throw new Error(failed);
    return stdout;
  }

  folder(): Promise<string> {
    return this.expand('$PWD');
  }

  /** Publishes a TXT record on the machine's name server. */
  publish(name: string, text: string): void {
    writeFileSync(join(this.#base, 'machine/records'), `${name} ${text}\n`, { flag: 'a' });
  }

  /** The shell with the name server, and each job that it has left in the background. */
  #kill(): void {
    const jobs = readOr(join(this.#base, 'jobs')).split('\n').map(Number);
    for (const group of [this.#child.pid ?? 0, ...jobs]) {
      if (group <= 1) continue;
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
  }

  /** Names what the page has left running, which no reader would want. */
  async stop(): Promise<readonly string[]> {
    await this.#last;
    let left = this.#running();
    // What was stopped may take a moment to end.
    for (let waited = 0; waited < 10_000 && left.length > 0; waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      left = this.#running();
    }
    // Its exit trap stops what runs in the background.
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#kill(), 10_000);
    await this.#exited;
    clearTimeout(timer);
    this.#kill();
    for (const { pid } of this.#running()) process.kill(pid, 'SIGKILL');
    rmSync(this.#base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    return left.map(({ command }) => command);
  }

  /** Processes whose command names the folder of this session, but the machine's own. */
  #running(): readonly { pid: number; command: string }[] {
    return readdirSync('/proc').flatMap((entry) => {
      if (!/^\d+$/.test(entry)) return [];
      const command = readOr(`/proc/${entry}/cmdline`).replaceAll('\0', ' ').trim();
      const isOurs = command.includes(this.#base) && !command.includes(`${here}support/`);
      return isOurs ? [{ pid: Number(entry), command }] : [];
    });
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What a shell has after a login, and where the programs of this machine keep what they have built. */
function environment(home: string): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['LANG', 'JAVA_HOME', 'PYENV_ROOT', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  // Without what npm adds for the test run itself: a reader has the Node of their machine.
  const path = (process.env['PATH'] ?? '').split(':');
  const PATH = path.filter((folder) => !folder.includes('node_modules')).join(':');
  return { ...kept, ...goPlaces(), PATH, HOME: home, TERM: 'dumb', USER: 'reader' };
}

function goPlaces(): Record<string, string> {
  if (missingPrograms('go') !== undefined) return {};
  const names = ['GOCACHE', 'GOMODCACHE'];
  const places = execFileSync('go', ['env', ...names], { encoding: 'utf8' }).split('\n');
  const found = names.map((name, index) => [name, places[index] ?? '']);
  return { ...Object.fromEntries(found), GOPROXY: 'off', GOTOOLCHAIN: 'local' };
}
