// Keys of running processes: Y, the fence that every object commit checks, and y, its heartbeat; and of
// what they do in the background: J, where a job goes on.
import { prefixEnd, tagged } from './bytes.ts';
import { tag } from './tags.ts';

export function processKey(epoch: Uint8Array): Buffer {
  return tagged(tag.process, epoch);
}

export function heartbeatKey(epoch: Uint8Array): Buffer {
  return tagged(tag.heartbeat, epoch);
}

export function epochOf(key: Buffer): Buffer {
  return key.subarray(1);
}

export const heartbeatRange: { readonly from: Buffer; readonly to: Buffer } = {
  from: tagged(tag.heartbeat),
  to: prefixEnd(tagged(tag.heartbeat)),
};

export function jobCursorKey(job: string): Buffer {
  return tagged(tag.jobCursor, Buffer.from(job));
}
