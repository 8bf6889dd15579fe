// What a version row says about its bytes: none, one extent, or (reserved) a list of extents in
// pages of their own. An extent carries an encoding and a data-key id from the first format on.
import { readU64, writeU64 } from '../keys/bytes.ts';
import { BrokenRecordError } from './format.ts';

export interface StoredExtent {
  /** `inline`: a D row; `blob`: an id of the blob port. */
  readonly storage: 'inline' | 'blob';
  readonly id: Buffer;
  readonly offset: number;
  readonly length: number;
  /** 0 plain; 1 is kept for AES-256-GCM by chunk. */
  readonly encoding: number;
  /** 0 none. */
  readonly dataKeyId: number;
}

export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'single'; readonly bodyId: Buffer; readonly extent: StoredExtent }
  | { readonly kind: 'paged'; readonly bodyId: Buffer; readonly extentCount: number };

export const noBody: Body = { kind: 'none' };

const idBytes = 16;
const extentBytes = 1 + 1 + 4 + idBytes + 8 + 8;
const singleBytes = 1 + idBytes + extentBytes;
const pagedBytes = 1 + idBytes + 4;

const storages = ['none', 'inline', 'blob'] as const;

export function bodyLength(body: Body): number {
  if (body.kind === 'none') return 1;
  return body.kind === 'single' ? singleBytes : pagedBytes;
}

/** Writes the descriptor and returns the offset behind it. */
export function writeBody(target: Buffer, body: Body, offset: number): number {
  if (body.kind === 'none') return target.writeUInt8(0, offset);
  let at = target.writeUInt8(body.kind === 'single' ? 1 : 2, offset);
  target.set(body.bodyId, at);
  at += idBytes;
  if (body.kind === 'paged') return target.writeUInt32BE(body.extentCount, at);
  const { extent } = body;
  at = target.writeUInt8(storages.indexOf(extent.storage), at);
  at = target.writeUInt8(extent.encoding, at);
  at = target.writeUInt32BE(extent.dataKeyId, at);
  target.set(extent.id, at);
  writeU64(target, extent.offset, at + idBytes);
  writeU64(target, extent.length, at + idBytes + 8);
  return at + idBytes + 16;
}

export function readBody(source: Buffer, offset: number): { body: Body; end: number } {
  const kind = source.readUInt8(offset);
  if (kind === 0) return { body: noBody, end: offset + 1 };
  const bodyId = Buffer.from(source.subarray(offset + 1, offset + 1 + idBytes));
  const at = offset + 1 + idBytes;
  if (kind === 2) {
    const extentCount = source.readUInt32BE(at);
    return { body: { kind: 'paged', bodyId, extentCount }, end: offset + pagedBytes };
  }
  const storage = storages[source.readUInt8(at)];
  if (kind !== 1 || storage === undefined || storage === 'none') {
    throw new BrokenRecordError('A stored body descriptor is of an unknown kind.');
  }
  const extent: StoredExtent = {
    storage,
    encoding: source.readUInt8(at + 1),
    dataKeyId: source.readUInt32BE(at + 2),
    id: Buffer.from(source.subarray(at + 6, at + 6 + idBytes)),
    offset: readU64(source, at + 6 + idBytes),
    length: readU64(source, at + 14 + idBytes),
  };
  return { body: { kind: 'single', bodyId, extent }, end: offset + singleBytes };
}
