// CPU time of a process and its children that live, from /proc: what a request costs, whatever else the
// machine does at the time.
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second; fixed on Linux. */
const ticks = 100;

function statOf(pid: number): { parent: number; seconds: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (Number(fields[11]) + Number(fields[12])) / ticks;
    return { parent: Number(fields[1]), seconds };
  } catch {
    return undefined;
  }
}

/** User and system seconds of the process and all below it. */
export function cpuSeconds(root: number): number {
  const below = new Set([root]);
  let seconds = statOf(root)?.seconds ?? 0;
  const pids = readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .sort((a, b) => a - b);
  for (const pid of pids) {
    const stat = statOf(pid);
    if (pid === root || stat === undefined || !below.has(stat.parent)) continue;
    below.add(pid);
    seconds += stat.seconds;
  }
  return seconds;
}
