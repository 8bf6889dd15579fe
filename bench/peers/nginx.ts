// nginx with secure_link over files: the usual way to hand out signed links without object storage. MD5
// over a secret and the path, one worker, tuned as its documentation advises for static files.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onCores } from '../harness/server.ts';

const template = fileURLToPath(new URL('./nginx.conf', import.meta.url));
const secret = 'bench-secret';

export interface NginxPeer {
  readonly endpoint: string;
  readonly pid: number;
  readonly files: string;
  /** Path with a link that is good for an hour. */
  link(name: string): string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export async function startNginx(cores: string): Promise<NginxPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'osskeep-nginx-'));
  const files = join(folder, 'files');
  mkdirSync(files, { mode: 0o755 });
  mkdirSync(join(folder, 'tmp'));
  const port = await freePort();
  const text = readFileSync(template, 'utf8')
    .replaceAll('FOLDER', folder)
    .replaceAll('PORT', String(port))
    .replaceAll('SECRET', secret);
  writeFileSync(join(folder, 'nginx.conf'), text);
  const [program = '', ...args] = [
    ...onCores(cores),
    'nginx',
    '-p',
    folder,
    '-c',
    join(folder, 'nginx.conf'),
    '-g',
    'daemon off;',
  ];
  const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await answers(endpoint)) break;
    await sleep(50);
  }
  const expires = Math.floor(Date.now() / 1000) + 3600;
  return {
    endpoint,
    pid: child.pid ?? 0,
    files,
    link: (name) => {
      const hash = createHash('md5').update(`${expires}/${name} ${secret}`).digest('base64url');
      return `/${name}?md5=${hash}&expires=${expires}`;
    },
    stop: async () => {
      child.kill('SIGQUIT');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await (await fetch(endpoint)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
