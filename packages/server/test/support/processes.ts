// Processes that tests look at from outside: which a server consists of, and whether they live.
import { readFileSync } from 'node:fs';

/** One that has ended, and that nobody has asked how, is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(statOf(pid));
  } catch {
    return false;
  }
}

/** Linux only. */
export function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
    return children.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function statOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, 'latin1');
}
