// A folder of the engine's metadata as it is at this moment: what a crash of the process leaves.
import { access, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory.ts';

/** Without LMDB's table of readers, which is made anew; with the journal of an earlier version, where there is one. */
export async function copyOf(path: string): Promise<string> {
  const copy = await temporaryDirectory();
  for (const name of ['journal', 'data.mdb']) {
    if (await isThere(join(path, name))) await cp(join(path, name), join(copy, name));
  }
  return copy;
}

export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
