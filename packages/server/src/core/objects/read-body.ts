// Reads the bytes of a version. Between the row and the bytes the version may be replaced and its
// body swept; then the row is read again (durability contract D2: never a mix).
import { ossError } from '@osskeep/protocol';
import { BodyStream } from '../bodies/body-stream.ts';
import type { CoreContext } from '../context/context.ts';
import { inlineBodyKey } from '../keys/body-keys.ts';
import { BlobCorruptError, BlobMissingError } from '../ports/blobs.ts';
import { type Eventually, isPending, whenThere } from '../ports/eventually.ts';
import { readRow } from '../ports/read-rows.ts';
import type { StoredExtent } from '../records/body.ts';
import { inlineBodyBytes } from '../records/inline-body.ts';
import type { StoredObject } from '../versions/stored-object.ts';

export type ObjectBytes = Uint8Array | BodyStream;

const triesMax = 8;
const nothing = new Uint8Array(0);

/** Bytes [from, to). Throws BlobMissingError when the version was replaced meanwhile. */
export function readBody(
  core: CoreContext,
  object: StoredObject,
  from: number,
  to: number,
): Eventually<ObjectBytes> {
  if (from < 0 || to > object.size || from > to) {
    throw new RangeError(`bytes ${from}-${to} of an object of ${object.size}`);
  }
  const { body } = object;
  if (body.kind === 'none' || from === to) return nothing;
  if (body.kind === 'paged') throw new Error('this version cannot read bodies of several extents');
  if (body.extent.storage !== 'inline') return BodyStream.open(core, body.extent, from, to);
  if (object.smallBody !== undefined) return part(object.smallBody, from, to);
  return readInline(core, body.extent).then((bytes) => {
    object.smallBody = bytes;
    return part(bytes, from, to);
  });
}

/** The whole itself where it is asked for: a view more is an object more to be freed. */
function part(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to);
}

async function readInline(core: CoreContext, extent: StoredExtent): Promise<Uint8Array> {
  const row = await readRow(core.metadata, inlineBodyKey(extent.id));
  if (row == null) throw new BlobMissingError('An inline body is gone.');
  const bytes = inlineBodyBytes(row.value);
  if (bytes.length !== extent.length) {
    throw new BlobCorruptError(`An inline body has ${bytes.length} bytes, not ${extent.length}.`);
  }
  return bytes;
}

/** Which bytes to read once the object is known; may throw, e.g. a failed precondition. */
export type ChooseRange = (object: StoredObject) => { readonly from: number; readonly to: number };

export interface OpenedObject {
  readonly object: StoredObject;
  readonly bytes: ObjectBytes;
}

/**
 * The object and bytes of the same version. A small body goes with its row in one commit, so on a
 * key that is overwritten all the time one repetition is not enough; the same body missing twice
 * is damage. `find` reads anew when it is asked again.
 */
export function openObject(
  core: CoreContext,
  find: (isAgain: boolean) => Eventually<StoredObject>,
  choose: ChooseRange,
): Eventually<OpenedObject> {
  const object = find(false);
  if (isPending(object) || !hasBodyAtHand(object)) return openFound(core, object, find, choose);
  const { from, to } = choose(object);
  return whenThere(readBody(core, object, from, to), (bytes) => ({ object, bytes }));
}

async function openFound(
  core: CoreContext,
  first: Eventually<StoredObject>,
  find: (isAgain: boolean) => Eventually<StoredObject>,
  choose: ChooseRange,
): Promise<OpenedObject> {
  let missed: StoredObject | undefined;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const object = await (tries === 0 ? first : find(true));
    const range = choose(object);
    try {
      return { object, bytes: await readBody(core, object, range.from, range.to) };
    } catch (error) {
      const isSame = missed !== undefined && hasBodyOf(missed, object);
      if (!(error instanceof BlobMissingError) || isSame) throw error;
      missed = object;
    }
  }
  throw ossError('ServiceUnavailable');
}

function hasBodyAtHand({ body, smallBody }: StoredObject): boolean {
  return body.kind === 'none' || smallBody !== undefined;
}

function hasBodyOf({ body: a }: StoredObject, { body: b }: StoredObject): boolean {
  return a.kind !== 'none' && b.kind !== 'none' && a.bodyId.equals(b.bodyId);
}
