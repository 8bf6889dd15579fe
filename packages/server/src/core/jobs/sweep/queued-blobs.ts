// Blobs that the garbage queue (G) holds. Bodies go there at last and never come back, so whoever looks
// for the holder of a blob looks here after everywhere else.
import type { CoreContext } from '../../context/context.ts';
import { garbageRange } from '../../keys/body-keys.ts';
import { pagesOf } from '../../ports/read-rows.ts';
import { decodeGarbage } from '../../records/garbage.ts';
import type { Pause } from '../job.ts';
import { dropNamed } from './drop-named.ts';

const rowsAtOnce = 500;

/** Takes every name away that is queued; stops early when none is left. */
export async function dropQueuedBlobs(
  core: CoreContext,
  candidates: Set<string>,
  pause: Pause,
): Promise<void> {
  if (candidates.size === 0) return;
  const range = { ...garbageRange, limit: rowsAtOnce };
  for await (const rows of pagesOf(core.metadata, range, pause)) {
    for (const row of rows) {
      const garbage = decodeGarbage(row.value);
      if (garbage.kind === 'body') dropNamed(garbage.body, candidates);
    }
    if (candidates.size === 0) return;
  }
}
