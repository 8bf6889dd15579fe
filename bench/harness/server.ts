// The server that is measured: the command as users start it, on a core of its own where there are two.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OssClient } from '@osskeep/client';
import { nodeFetch } from '@osskeep/client/node';

export const accessKey = { accessKeyId: 'bench-key', accessKeySecret: 'bench-secret' };
export const bucket = 'bench-bucket';

const command = fileURLToPath(new URL('../../packages/cli/bin/osskeep.js', import.meta.url));

/** Prefix that keeps a program on these cores; nothing where there is only one. */
export function onCores(cores: string): string[] {
  return availableParallelism() > 1 ? ['taskset', '-c', cores] : [];
}

export interface BenchServer {
  readonly endpoint: string;
  readonly pid: number;
  readonly client: OssClient;
  stop(): Promise<void>;
}

export async function startServer(
  cores: string,
  flags: readonly string[] = [],
): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'osskeep-bench-'));
  const args = ['serve', '--listen', '127.0.0.1:0', '--admin-listen', 'off', '--data', folder];
  const [program = '', ...rest] = [
    ...onCores(cores),
    process.execPath,
    '--conditions=osskeep-source',
    command,
    ...args,
    '--log-level',
    'error',
    ...flags,
  ];
  const child: ChildProcess = spawn(program, rest, {
    env: {
      ...process.env,
      OSS_ACCESS_KEY_ID: accessKey.accessKeyId,
      OSS_ACCESS_KEY_SECRET: accessKey.accessKeySecret,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const endpoint = /http:\/\/\S+/.exec(line.toString())?.[0] ?? '';
  const client = new OssClient({
    endpoint,
    region: 'cn-hangzhou',
    bucket,
    credentials: accessKey,
    fetch: nodeFetch,
  });
  await client.putBucket();
  return {
    endpoint,
    pid: child.pid ?? 0,
    client,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
