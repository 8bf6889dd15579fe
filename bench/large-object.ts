// One large object up and down through a server in a process of its own. Prints the rates and the peak of
// that process's anonymous memory (RssAnon), sampled every 50 ms: the bytes must pass through a process of
// constant size.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { OssClient } from '@osskeep/client';

const { values } = parseArgs({ options: { gib: { type: 'string', default: '5' } } });
const bytesTotal = Math.round(Number(values.gib) * 2 ** 30);
const sampleMs = 50;
const limitMiB = 200;

function anonymousBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

async function startServer(data: string): Promise<{ child: ChildProcess; endpoint: string }> {
  const command = fileURLToPath(new URL('../packages/cli/bin/osskeep.js', import.meta.url));
  const args = [
    command,
    'serve',
    '--listen',
    '127.0.0.1:0',
    '--data',
    data,
    '--log-level',
    'error',
  ];
  const child = spawn(process.execPath, ['--conditions=osskeep-source', ...args], {
    env: { ...process.env, OSS_ACCESS_KEY_ID: 'bench', OSS_ACCESS_KEY_SECRET: 'bench-secret' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const endpoint = /http:\/\/\S+/.exec(line.toString())?.[0];
  if (endpoint === undefined) throw new Error(`the server said ${line.toString()}`);
  return { child, endpoint };
}

/** Bytes that do not repeat within a chunk, made once and varied cheaply. */
async function* body(sum: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(1024 * 1024);
  for (let at = 0; at < chunk.length; at += 4) chunk.writeUInt32LE((at * 2654435761) >>> 0, at);
  for (let sent = 0; sent < bytesTotal; sent += chunk.length) {
    const part = Buffer.from(chunk.subarray(0, Math.min(chunk.length, bytesTotal - sent)));
    part.writeDoubleLE(sent, 0);
    sum.update(part);
    yield part;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'osskeep-bench-'));
const { child, endpoint } = await startServer(folder);
let peak = 0;
const sampler = setInterval(() => {
  peak = Math.max(peak, anonymousBytes(child.pid as number));
}, sampleMs);
try {
  const client = new OssClient({
    endpoint,
    region: 'cn-hangzhou',
    bucket: 'bench-large',
    credentials: { accessKeyId: 'bench', accessKeySecret: 'bench-secret' },
  });
  await client.putBucket();
  const rate = (ms: number): string => `${Math.round(bytesTotal / 2 ** 20 / (ms / 1000))} MiB/s`;

  const sent = createHash('md5');
  let began = performance.now();
  const stored = await client.putObject('large', body(sent));
  const digest = sent.digest('hex').toUpperCase();
  console.log(`up    ${rate(performance.now() - began)}`);
  if (stored.etag !== digest) throw new Error(`stored ${stored.etag}, sent ${digest}`);

  const received = createHash('md5');
  began = performance.now();
  const { body: download } = await client.getObject('large');
  for await (const chunk of download) received.update(chunk);
  console.log(`down  ${rate(performance.now() - began)}`);
  const back = received.digest('hex').toUpperCase();
  if (back !== digest) throw new Error(`received ${back}, sent ${digest}`);

  const peakMiB = Math.round(peak / 2 ** 20);
  console.log(`peak  ${peakMiB} MiB of anonymous memory, limit ${limitMiB} MiB`);
  if (peakMiB >= limitMiB) process.exitCode = 1;
} finally {
  clearInterval(sampler);
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
