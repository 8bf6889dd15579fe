// `npm run bench`: every workload, ours and its peers in alternating rounds of one run; medians, spread and
// CPU time as a table. `--only P1,P4`, `--rounds N`, `--json FILE`, `--check` (exit 1 below a floor).
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median, type Spread, show, spreadOf } from './harness/statistics.ts';
import type { Comparison, Sample, Variant, Workload } from './harness/workload.ts';
import { durablePut } from './workloads/durable-put.ts';
import { largePut } from './workloads/large-put.ts';
import { listingBesideWriter } from './workloads/listing-beside-writer.ts';
import { presign } from './workloads/presign.ts';
import { signedGet } from './workloads/signed-get.ts';
import { twoWorkers } from './workloads/two-workers.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

const workloads: readonly Workload[] = [
  signedGet,
  presign,
  largePut,
  durablePut,
  twoWorkers,
  listingBesideWriter,
];

interface Measured {
  readonly name: string;
  readonly rate: Spread;
  readonly cpuPer1000: number | undefined;
  readonly p99Ms: number | undefined;
}

interface Result {
  readonly workload: string;
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  readonly ours: Measured;
  readonly peers: readonly Measured[];
  /** Median of the rounds' own ratios: what disturbs a round disturbs both. */
  readonly ratio: number;
  readonly floor: number;
  readonly aim: number | undefined;
  readonly isMet: boolean;
}

async function compare(
  workload: Workload,
  comparison: Comparison,
  rounds: number,
): Promise<Result> {
  const variants: readonly Variant[] = [comparison.ours, ...comparison.peers];
  // Once unmeasured: caches fill, code is compiled.
  for (const variant of variants) await variant.measure();
  const samples = variants.map((): Sample[] => []);
  for (let round = 0; round < rounds * (comparison.perRound ?? 1); round += 1) {
    for (const [at, variant] of variants.entries()) samples[at]?.push(await variant.measure());
  }
  const value = (sample: Sample): number =>
    comparison.by === 'cpu' ? (sample.cpuPer1000 ?? Number.NaN) : sample.rate;
  const [ours = [], ...peers] = samples;
  const ratios = peers.map((peer) =>
    median(ours.map((sample, round) => value(sample) / value(peer[round] ?? sample))),
  );
  // Against the slowest peer, which is the highest ratio.
  const ratio = Math.max(...ratios);
  const measured = (variant: Variant, of: readonly Sample[]): Measured => ({
    name: variant.name,
    rate: spreadOf(of.map(({ rate }) => rate)),
    cpuPer1000: medianOf(of, ({ cpuPer1000 }) => cpuPer1000),
    p99Ms: medianOf(of, ({ p99Ms }) => p99Ms),
  });
  return {
    workload: workload.id,
    title: workload.title,
    name: comparison.name,
    unit: comparison.unit,
    ours: measured(comparison.ours, ours),
    peers: comparison.peers.map((peer, at) => measured(peer, peers[at] ?? [])),
    ratio,
    floor: comparison.floor,
    aim: comparison.aim,
    isMet: comparison.isCeiling === true ? ratio <= comparison.floor : ratio >= comparison.floor,
  };
}

function medianOf(
  samples: readonly Sample[],
  pick: (sample: Sample) => number | undefined,
): number | undefined {
  const found = samples.map(pick).filter((value) => value !== undefined);
  return found.length === 0 ? undefined : median(found);
}

function row({ name, rate, cpuPer1000, p99Ms }: Measured): string {
  const cells = [
    name,
    `${show(rate.median)} (${show(rate.min)}–${show(rate.max)})`,
    cpuPer1000 === undefined ? '' : `${(cpuPer1000 * 1000).toFixed(0)} ms`,
    p99Ms === undefined ? '' : `${p99Ms.toFixed(1)} ms`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function table(result: Result): string {
  const { ours, peers, ratio, floor, aim, isMet, unit } = result;
  const bound = `${isMet ? 'within' : 'MISSES'} ${floor}${aim === undefined ? '' : `, aim ${aim}`}`;
  return [
    `### ${result.workload} ${result.name}: ratio ${ratio.toFixed(2)} (${bound})`,
    `| | ${unit}: median (lowest–highest) | CPU for 1,000 | p99 |`,
    '|---|---|---|---|',
    row(ours),
    ...peers.map(row),
    '',
  ].join('\n');
}

function needs(program: string): void {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
  } catch {
    console.error(`${program} is missing; run scripts/bench-machine.sh.`);
    process.exit(2);
  }
}

const wanted = values.only?.split(',').map((id) => id.trim().toUpperCase());
const chosen = workloads.filter(({ id }) => wanted === undefined || wanted.includes(id));
const unknown = wanted?.filter((id) => !workloads.some((workload) => workload.id === id)) ?? [];
const rounds = Number(values.rounds);
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  const known = workloads.map(({ id, title }) => `  ${id}  ${title}`).join('\n');
  console.error(`--only takes a list of these, --rounds a number from 1:\n${known}`);
  process.exit(2);
}
for (const program of ['wrk', 'nginx', 'taskset']) needs(program);

const results: Result[] = [];
console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), ${rounds} rounds\n`,
);
for (const workload of chosen) {
  console.log(`## ${workload.id}: ${workload.title}\n`);
  const { comparisons, close } = await workload.open();
  try {
    for (const comparison of comparisons) {
      const result = await compare(workload, comparison, rounds);
      results.push(result);
      console.log(table(result));
    }
  } finally {
    await close();
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
const missed = results.filter(({ isMet }) => !isMet);
for (const { workload, name } of missed) console.log(`below its floor: ${workload} ${name}`);
if (values.check && missed.length > 0) process.exitCode = 1;
