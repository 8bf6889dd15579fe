// Looks for a blob where its commit would have put it: in the rows of one key, whatever became of the key
// since. A body that was named moves within them (O → V when it is archived, V → O when what came
// after it is removed) and at last to G. So the head is read in one view with each piece of the history,
// and G after both. Markers (M) hold no body.
import type { CommitSubject } from '../../context/commit-subject.ts';
import type { CoreContext } from '../../context/context.ts';
import { objectRowKey, versionsOfKey } from '../../keys/version-keys.ts';
import { blobName } from '../../ports/blob-id.ts';
import { keyAfter } from '../../ports/read-rows.ts';
import { decodeVersionBody } from '../../records/version-row.ts';
import type { Pause, Round } from '../job.ts';
import { dropNamed } from './drop-named.ts';
import { dropQueuedBlobs } from './queued-blobs.ts';

/** A blob in question. */
export interface Subjected {
  readonly id: Buffer;
  readonly subject: CommitSubject;
}

const rowsAtOnce = 500;

/** What a look found out: whether some row holds the blob. */
export interface Finding {
  readonly id: Buffer;
  readonly isNamed: boolean;
}

/**
 * What their commits did must be decided: nothing names them later. Nothing is found out of a blob whose look
 * failed; the round hears of it.
 */
export async function lookFor(
  core: CoreContext,
  blobs: readonly Subjected[],
  { failed, pause }: Pick<Round<unknown>, 'failed' | 'pause'>,
): Promise<Finding[]> {
  const candidates = new Set(blobs.map(({ id }) => blobName(id)));
  const looked: Buffer[] = [];
  for (const [place, blob] of blobs.entries()) {
    if (place > 0) await pause();
    try {
      await dropOfKey(core, blob, candidates, pause);
      looked.push(blob.id);
    } catch (error) {
      failed(error);
    }
  }
  await dropQueuedBlobs(core, candidates, pause);
  return looked.map((id) => ({ id, isNamed: !candidates.has(blobName(id)) }));
}

/** Other blobs in question that the key holds are found on the way. */
async function dropOfKey(
  core: CoreContext,
  { id, subject: { bucketId, key } }: Subjected,
  candidates: Set<string>,
  pause: Pause,
): Promise<void> {
  const name = blobName(id);
  const head = { key: objectRowKey(bucketId, key) };
  const { from, to } = versionsOfKey(bucketId, key);
  let at: Buffer | undefined = from;
  while (at !== undefined && candidates.has(name)) {
    if (at !== from) await pause();
    const piece = { from: at, to, limit: rowsAtOnce };
    const view = await core.metadata.read({ keys: [head], ranges: [piece] });
    const latest = view.rows[0];
    const older = view.ranges[0] ?? [];
    const rows = latest == null || latest === 'unchanged' ? older : [latest, ...older];
    for (const { value } of rows) dropNamed(decodeVersionBody(value), candidates);
    const last = older.at(-1);
    at = last === undefined || older.length < rowsAtOnce ? undefined : keyAfter(last.key);
  }
}
