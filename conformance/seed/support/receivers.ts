// The receivers: the page's programs as printed, run the way their readers run them. Nothing but the URL and
// the path is replaced in them; how their platform resolves names and whom it trusts is set around them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from '../../support/python.ts';
import type { Done, RunOptions } from '../../support/run.ts';
import { type ProgramName, program, programFor } from './page.ts';
import type { Run } from './signers.ts';
import { missing, seed } from './toolchain.ts';

/** Where programs run, and what is set around them there. */
export interface Platform {
  readonly run: Run;
  readonly env: Readonly<Record<string, string>>;
  /** Options of `java`. */
  readonly java: readonly string[];
  readonly browser: { readonly flags: readonly string[]; readonly home: string };
}

export interface Received {
  /** What the program saved; undefined: no file. */
  readonly saved: Buffer | undefined;
  /** What it printed, on both outputs. */
  readonly said: string;
}

export interface Receiver {
  readonly name: string;
  readonly program: ProgramName;
  readonly missing: string | undefined;
  /** What it says of a download, and of a 403; undefined: nothing. */
  readonly says: { readonly done?: string; readonly refused?: string };
  /** Runs the program for one URL in a folder of its own. */
  readonly receive: (platform: Platform, url: string, folder: string) => Promise<Received>;
}

const completed = 'Download completed!';
const failed = 'Download failed. Server responded with code: 403';
const noFile = 'No file to download. Server replied HTTP code: 403';

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function write(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function compile(platform: Platform, command: readonly string[], cwd: string): Promise<void> {
  const [name = '', ...args] = command;
  const done = await platform.run(name, args, { cwd });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stderr}`);
}

/** Writes the program under `source`, prepares and runs it, and reads what it saved. */
function printed(
  name: ProgramName,
  source: string,
  start: (
    platform: Platform,
    folder: string,
    go: (command: string, args: readonly string[], options?: RunOptions) => Promise<Done>,
  ) => Promise<Done>,
): Receiver['receive'] {
  return async (platform, url, folder) => {
    const path = join(folder, 'myfile.txt');
    write(folder, source, programFor(name, url, path));
    const done = await start(platform, folder, (command, args, options) =>
      platform.run(command, args, { cwd: folder, env: platform.env, ...options }),
    );
    return { saved: read(path), said: done.stdout + done.stderr };
  };
}

const curl: Receiver['receive'] = async (platform, url, folder) => {
  const file = write(folder, 'download.sh', programFor('curl', url));
  const done = await platform.run('sh', [file], { cwd: folder, env: platform.env });
  // -O saves under the last segment of the URL's path, as it is written there.
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  return { saved: read(join(folder, name)), said: done.stdout + done.stderr };
};

const java = printed('java', 'Demo.java', async (platform, folder, go) => {
  await compile(platform, ['javac', 'Demo.java'], folder);
  return go('java', [...platform.java, 'Demo']);
});

const go = printed('go', 'main.go', async (platform, folder, go) => {
  await compile(platform, ['go', 'build', '-o', 'download', 'main.go'], folder);
  return go(join(folder, 'download'), []);
});

const browser: Receiver['receive'] = async (platform, url, folder) => {
  mkdirSync(folder, { recursive: true });
  const saveAs = join(folder, 'myfile.txt');
  const visit = { ...platform.browser, program: programFor('browser', url), saveAs };
  const done = await platform.run(process.execPath, [`${seed}/node/browser.ts`], {
    input: JSON.stringify(visit),
  });
  if (done.status !== 0) throw new Error(`the browser: ${done.stderr}`);
  const { said, name } = JSON.parse(done.stdout) as { said: string[]; name?: string };
  if (name !== undefined && name !== 'myfile.txt') throw new Error(`saved as ${name}`);
  return { saved: read(saveAs), said: said.join('\n') };
};

/** The class takes its URL from its caller and saves into the platform's folder: nothing is replaced. */
const android: Receiver['receive'] = async (platform, url, folder) => {
  const file = write(folder, 'DownloadTask.java', program('android'));
  const standIns = `${seed}/android-stand-ins`;
  const sources = [file, `${standIns}/RunDownloadTask.java`];
  await compile(platform, ['javac', '-d', folder, '-sourcepath', standIns, ...sources], folder);
  mkdirSync(join(folder, 'Download'));
  const storage = `-Dosskeep.storage=${folder}`;
  const args = [...platform.java, storage, '-cp', folder, 'RunDownloadTask', url];
  const done = await platform.run('java', args, { cwd: folder, env: platform.env });
  return { saved: read(join(folder, 'Download/myfile.txt')), said: done.stdout + done.stderr };
};

export const receivers: readonly Receiver[] = [
  { name: 'curl', program: 'curl', missing: missing.curl, says: {}, receive: curl },
  {
    name: 'Java HttpURLConnection',
    program: 'java',
    missing: missing.jdk,
    says: { done: completed, refused: noFile },
    receive: java,
  },
  {
    name: 'Node.js https',
    program: 'node',
    missing: undefined,
    says: { done: completed, refused: failed },
    receive: printed('node', 'download.js', (_platform, _folder, go) =>
      // After a refusal, which it does not read, it waits for the server to give the connection up.
      go(process.execPath, ['download.js'], { endAfter: failed }),
    ),
  },
  {
    name: 'Python requests',
    program: 'python',
    missing: missing.python,
    says: { done: completed, refused: noFile },
    receive: printed('python', 'download.py', (_platform, _folder, go) =>
      go(python, ['download.py']),
    ),
  },
  {
    name: 'Go net/http',
    program: 'go',
    missing: missing.go,
    says: { done: completed, refused: noFile },
    receive: go,
  },
  {
    name: 'Browser JavaScript (Chromium)',
    program: 'browser',
    missing: missing.chromium,
    says: {
      done: completed,
      refused: 'Error during download: Error: Server replied HTTP code: 403',
    },
    receive: browser,
  },
  {
    name: 'Android class (JVM)',
    program: 'android',
    missing: missing.jdk,
    says: { done: completed, refused: noFile },
    receive: android,
  },
];
