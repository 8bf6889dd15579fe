// From starting node to the first answer: median of 11 starts on an existing data folder, with a warm
// compile cache. node is started directly, as a supervisor does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../packages/cli/bin/osskeep.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'osskeep-start-'));
const rounds = 11;
const limitMs = 600;

async function startOnce(): Promise<number> {
  const began = performance.now();
  const args = [command, 'serve', '--listen', '127.0.0.1:0', '--data', folder];
  const child = spawn(process.execPath, ['--conditions=osskeep-source', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const endpoint = /http:\/\/\S+/.exec(line.toString())?.[0] ?? '';
  const answer = await fetch(endpoint);
  await answer.arrayBuffer();
  const ms = performance.now() - began;
  child.kill('SIGTERM');
  await once(child, 'exit');
  return ms;
}

const times: number[] = [];
await startOnce();
for (let round = 0; round < rounds; round += 1) times.push(await startOnce());
times.sort((a, b) => a - b);
rmSync(folder, { recursive: true, force: true });
const median = times[Math.floor(rounds / 2)] ?? 0;
const show = (ms: number | undefined): string => `${Math.round(ms ?? 0)} ms`;
console.log(
  `start to first answer: median ${show(median)}, ${show(times[0])} to ${show(times.at(-1))}`,
);
if (median >= limitMs) process.exitCode = 1;
