// A server in this process, and the command as its user types it, in a folder of its own.
import { join } from 'node:path';
import { OssClient } from '@osskeep/client';
import { nodeFetch } from '@osskeep/client/node';
import { type Osskeep, type StartOptions, startOsskeep } from '@osskeep/server';
import { expect } from 'vitest';
import { type Finished, type RunOptions, run, temporaryFolder } from './command.ts';

export class Account implements AsyncDisposable {
  readonly server: Osskeep;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #remove: () => PromiseLike<void>;

  private constructor(server: Osskeep, folder: string, remove: () => PromiseLike<void>) {
    this.server = server;
    this.folder = folder;
    this.#remove = remove;
    this.env = {
      OSS_ENDPOINT: server.endpoint,
      OSS_ACCESS_KEY_ID: server.accessKeyId,
      OSS_ACCESS_KEY_SECRET: server.accessKeySecret ?? '',
    };
  }

  static async start(options: StartOptions = {}): Promise<Account> {
    const folder = await temporaryFolder();
    const server = await startOsskeep({ log: 'silent', admin: { listen: 'off' }, ...options });
    return new Account(server, folder.path, () => folder[Symbol.asyncDispose]());
  }

  /** Another way to the same objects, to see what the command really did. */
  client(bucket: string): OssClient {
    return new OssClient({
      endpoint: this.server.endpoint,
      region: this.server.region,
      bucket,
      credentials: {
        accessKeyId: this.server.accessKeyId,
        accessKeySecret: this.server.accessKeySecret ?? '',
      },
      fetch: nodeFetch,
    });
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  osskeep(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    const { env = {}, ...more } = options;
    return run(args, { cwd: this.folder, env: { ...this.env, ...env }, ...more });
  }

  /** What the command prints; it must not complain. */
  async succeed(args: readonly string[], input?: string | Uint8Array): Promise<string> {
    const bytes = typeof input === 'string' ? Buffer.from(input) : input;
    const done = await this.osskeep(args, bytes === undefined ? {} : { input: bytes });
    expect(done.stderr).toBe('');
    expect(done.code).toBe(0);
    return done.stdout.toString();
  }

  /** Each line of `--output json`. */
  async json(args: readonly string[]): Promise<Record<string, unknown>[]> {
    const text = await this.succeed([...args, '--output', 'json']);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop();
    await this.#remove();
  }
}
