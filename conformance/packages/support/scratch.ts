// A project of a user's own, far from this clone: what it does not install it cannot find.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Done, run } from '../../support/run.ts';

/** What npm and Node need of this environment; nothing that leads to the TypeScript sources. */
const kept = /^(PATH|HOME|TMPDIR|TEMP|TMP|USER|LANG|APPDATA|SystemRoot|ComSpec|.*_proxy|.*_PROXY)$/;
const keptNpm = /^npm_config_(registry|userconfig|globalconfig|cache|cafile|.*_proxy|.*registry)$/i;
const keptTrust = /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/;

export class Scratch implements Disposable {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'osskeep-packages-'));
    this.write('package.json', `${JSON.stringify({ private: true, type: 'module' })}\n`);
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** With that Node first on the path. */
  environment(node: string): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(
      ([name]) => kept.test(name) || keptNpm.test(name) || keptTrust.test(name),
    );
    const { PATH = '', ...rest } = Object.fromEntries(own);
    // A clone's own programs must not stand in for those that were installed.
    const path = PATH.split(delimiter).filter((part) => !part.includes('node_modules'));
    return { ...rest, PATH: [dirname(node), ...path].join(delimiter) };
  }

  run(
    node: string,
    [program = '', ...args]: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Done> {
    return run(program, args, { cwd: this.folder, environment: this.environment(node), env });
  }

  /** Installs as a user does; scripts are not needed: what is native comes built. */
  async install(...what: readonly string[]): Promise<void> {
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const done = await this.run(process.execPath, ['npm', 'install', ...flags, ...what]);
    if (done.status !== 0) throw new Error(`npm install failed:\n${done.stderr}${done.stdout}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
