// An entry of the garbage queue (G): what was freed by a commit and waits for the sweep.
import { type BucketId, bucketIdBytes } from '../keys/configuration-keys.ts';
import { type Body, bodyLength, readBody, writeBody } from './body.ts';
import { BrokenRecordError, checkFormat } from './format.ts';

export type Garbage =
  /** A body whose row is gone. Dead: decided, its bytes may be on their way out already. */
  | { readonly kind: 'body'; readonly isDead: boolean; readonly body: Body }
  /** What a deleted bucket may have left. */
  | { readonly kind: 'bucket'; readonly isDead: boolean; readonly bucketId: BucketId };

const format = 1;
/** 3 upload, 4 parts after complete, 5 extents: kept for multipart. */
const kinds = { body: 1, bucket: 2 } as const;
const fixedBytes = 3;

export function encodeGarbage(garbage: Garbage): Buffer {
  const payload = garbage.kind === 'body' ? bodyLength(garbage.body) : bucketIdBytes;
  const value = Buffer.alloc(fixedBytes + payload);
  value[0] = format;
  value[1] = kinds[garbage.kind];
  value[2] = garbage.isDead ? 1 : 0;
  if (garbage.kind === 'body') writeBody(value, garbage.body, fixedBytes);
  else value.set(garbage.bucketId, fixedBytes);
  return value;
}

export function decodeGarbage(value: Buffer): Garbage {
  checkFormat('garbage entry', value, format, fixedBytes + 1);
  const isDead = value[2] === 1;
  if (value[1] === kinds.body) {
    return { kind: 'body', isDead, body: readBody(value, fixedBytes).body };
  }
  if (value[1] !== kinds.bucket) throw new BrokenRecordError('A garbage entry of unknown kind.');
  return { kind: 'bucket', isDead, bucketId: Buffer.from(value.subarray(fixedBytes)) };
}
