// A child that commits until its disk refuses, and what it tells of it.
import { startChild } from './child.ts';

export interface FullDiskReport {
  /** Names of the rows, 8,000 bytes each. */
  readonly acknowledged: readonly string[];
  /** Of those, what could not be read at the end. */
  readonly missing: readonly string[];
  /** How a commit after the failure ended. */
  readonly later: string;
  readonly fatal: readonly string[];
  readonly unhandled: readonly string[];
  readonly refusals: readonly string[];
}

/** No file may be larger than so many KiB. */
export async function reportOfFullDisk(path: string, fileKib: number): Promise<FullDiskReport> {
  // `ulimit -f` counts blocks of 512 bytes; without the trap the signal would kill.
  const shell = `trap '' XFSZ; ulimit -f ${2 * fileKib};`;
  const child = startChild('lmdb-full-disk', [path], { shell });
  return JSON.parse(await child.hear()) as FullDiskReport;
}
