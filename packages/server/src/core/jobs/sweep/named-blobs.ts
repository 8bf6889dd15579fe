// Looks through every row of the store that can name a blob: what a process left that took its knowledge
// along. A body moves between O, V and G while this runs, so O and V of one key are always read in one
// view, and G, where bodies go at last, comes after them. (Parts and extent pages join here with
// multipart: P before B, both before G.)
import type { CoreContext } from '../../context/context.ts';
import { prefixEnd, tagged } from '../../keys/bytes.ts';
import { tag } from '../../keys/tags.ts';
import { versionSuffixBytes } from '../../keys/version-keys.ts';
import type { Row } from '../../ports/metadata.ts';
import { keyAfter } from '../../ports/read-rows.ts';
import { decodeVersionBody } from '../../records/version-row.ts';
import type { Pause } from '../job.ts';
import { dropNamed } from './drop-named.ts';
import { dropQueuedBlobs } from './queued-blobs.ts';

const rowsAtOnce = 500;
const objectsEnd = prefixEnd(tagged(tag.object));
const versionsEnd = prefixEnd(tagged(tag.version));

/** Takes every name away that some row holds; stops early when none is left. */
export async function dropNamedBlobs(
  core: CoreContext,
  candidates: Set<string>,
  pause: Pause,
): Promise<void> {
  await dropNamedByVersions(core, candidates, pause);
  await dropQueuedBlobs(core, candidates, pause);
}

async function dropNamedByVersions(
  core: CoreContext,
  candidates: Set<string>,
  pause: Pause,
): Promise<void> {
  let at: Cursor | undefined = { objects: Buffer.alloc(0), versions: Buffer.alloc(0) };
  while (at !== undefined && candidates.size > 0) {
    const { ranges } = await core.metadata.read({
      ranges: [
        { from: tagged(tag.object, at.objects), to: objectsEnd, limit: rowsAtOnce },
        { from: tagged(tag.version, at.versions), to: versionsEnd, limit: rowsAtOnce },
      ],
    });
    const [objects = [], versions = []] = ranges;
    for (const row of objects) dropNamed(decodeVersionBody(row.value), candidates);
    for (const row of versions) dropNamed(decodeVersionBody(row.value), candidates);
    at = nextCursor(objects, versions);
    if (at !== undefined) await pause();
  }
}

/** Where to go on, as keys without their tag: bucket id, object key, and in V the version. */
interface Cursor {
  readonly objects: Buffer;
  readonly versions: Buffer;
}

/** Goes on where one of the two was cut off, so that both sides of a key are in one view. */
function nextCursor(objects: readonly Row[], versions: readonly Row[]): Cursor | undefined {
  const lastObject = objects.length < rowsAtOnce ? undefined : objects.at(-1)?.key.subarray(1);
  const lastVersion = versions.length < rowsAtOnce ? undefined : versions.at(-1)?.key.subarray(1);
  if (lastObject === undefined && lastVersion === undefined) return undefined;
  const versionsKey = lastVersion?.subarray(0, -versionSuffixBytes);
  const isObjectFirst =
    lastObject !== undefined &&
    (versionsKey === undefined || Buffer.compare(lastObject, versionsKey) < 0);
  if (isObjectFirst) {
    // Behind the last version of that key: a version key goes on with 00.
    return { objects: keyAfter(lastObject), versions: Buffer.concat([lastObject, Buffer.of(1)]) };
  }
  if (lastVersion === undefined || versionsKey === undefined) return undefined;
  // The head of the key whose versions were cut off is read again beside the rest of them.
  return { objects: Buffer.from(versionsKey), versions: keyAfter(lastVersion) };
}
