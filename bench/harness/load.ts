// The load generator, the same for us and for every peer: wrk over a list of distinct requests, on the
// other core.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuSeconds } from './cpu.ts';
import { onCores } from './server.ts';
import type { Sample } from './workload.ts';

const script = fileURLToPath(new URL('./requests.lua', import.meta.url));

export interface Load {
  /** `http://127.0.0.1:6770`. */
  readonly endpoint: string;
  /** Paths with their query, each sent in turn. */
  readonly targets: readonly string[];
  readonly method?: 'GET' | 'PUT' | undefined;
  /** Bytes of the body of a PUT. */
  readonly bodyBytes?: number | undefined;
  readonly connections: number;
  readonly seconds: number;
  /** Process whose CPU time is counted, with its children. */
  readonly pid: number;
  readonly cores: string;
}

interface Summary {
  readonly requests: number;
  readonly microseconds: number;
  readonly p99: number;
  readonly errors: number;
  readonly notOk: number;
}

/** Fails when a single answer was not a success: a fast refusal is no speed. */
export async function runLoad(load: Load): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'osskeep-load-'));
  try {
    const list = join(folder, 'targets');
    writeFileSync(list, `${load.targets.join('\n')}\n`);
    const before = cpuSeconds(load.pid);
    const summary = await wrk(load, list);
    const cpu = cpuSeconds(load.pid) - before;
    if (summary.errors > 0 || summary.notOk > 0) {
      throw new Error(`${summary.errors} broken connections, ${summary.notOk} refusals`);
    }
    return {
      rate: summary.requests / (summary.microseconds / 1e6),
      cpuPer1000: (cpu / summary.requests) * 1000,
      p99Ms: summary.p99 / 1000,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function wrk(load: Load, list: string): Promise<Summary> {
  const { method = 'GET', bodyBytes = 0 } = load;
  const [program = '', ...args] = [
    ...onCores(load.cores),
    'wrk',
    '-t1',
    `-c${load.connections}`,
    `-d${load.seconds}s`,
    '--timeout',
    '10s',
    '-s',
    script,
    load.endpoint,
    '--',
    list,
    method,
    String(bodyBytes),
  ];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  const line = /^summary (.*)$/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`wrk said: ${output}`);
  return JSON.parse(line) as Summary;
}
