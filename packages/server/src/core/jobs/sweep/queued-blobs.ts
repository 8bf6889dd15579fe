// Blobs that the garbage queue (G) holds. Bodies go there at last and never come back, so whoever looks
// for the holder of a blob looks here after everywhere else.
import type { CoreContext } from '../../context/context.ts';
import { garbageRange } from '../../keys/body-keys.ts';
import { keyAfter } from '../../keys/bytes.ts';
import { readRange } from '../../ports/read-rows.ts';
import { decodeGarbage } from '../../records/garbage.ts';
import { dropNamed } from './drop-named.ts';

const rowsAtOnce = 500;

/** Takes every name away that is queued; stops early when none is left. */
export async function dropQueuedBlobs(core: CoreContext, candidates: Set<string>): Promise<void> {
  let from = garbageRange.from;
  while (candidates.size > 0) {
    const range = { from, to: garbageRange.to, limit: rowsAtOnce };
    const rows = await readRange(core.metadata, range);
    for (const row of rows) {
      const garbage = decodeGarbage(row.value);
      if (garbage.kind === 'body') dropNamed(garbage.body, candidates);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    from = keyAfter(last.key);
  }
}
