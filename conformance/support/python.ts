// The Python that has the official SDKs. `scripts/conformance-python.sh` makes it; where it is missing
// the suites that need it skip visibly, and fail in CI, where nothing may be skipped.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Done, run as runProgram } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const python = process.env['OSSKEEP_PYTHON'] ?? `${root}.cache/python/bin/python`;

export const missingPython: string | undefined = (() => {
  if (!existsSync(python)) return 'no Python with the OSS SDKs; run scripts/conformance-python.sh';
  try {
    execFileSync(python, ['-c', 'import oss2, alibabacloud_oss_v2, requests'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `${python} lacks oss2, alibabacloud-oss-v2 or requests`;
  }
})();

/** True where a missing piece is a failure, not a skip. */
export { nothingMayBeSkipped } from '../../testing/skips.ts';

export function script(name: string): string {
  return fileURLToPath(new URL(`../python/${name}`, import.meta.url));
}

/** Runs a program with text on its standard input. */
export function run(program: string, args: readonly string[], input = ''): Promise<Done> {
  return runProgram(program, args, { input });
}
