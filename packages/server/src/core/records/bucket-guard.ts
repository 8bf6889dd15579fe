// The bucket guard (N): what a write must know. Versioning stands at a fixed place, because every
// write reads it; the owner is in the tail.
import { type BucketId, bucketIdBytes } from '../keys/configuration-keys.ts';
import { checkFormat } from './format.ts';
import { type Owner, type Versioning, versioningStates, wordAt } from './model.ts';
import { packTail, unpackTail } from './tail.ts';

export interface BucketGuard {
  readonly bucketId: BucketId;
  readonly versioning: Versioning;
  readonly owner: Owner;
  readonly region: string;
}

const format = 1;
const fixedBytes = 2 + bucketIdBytes;

export function encodeBucketGuard(guard: BucketGuard): Buffer {
  const fixed = Buffer.alloc(fixedBytes);
  fixed[0] = format;
  fixed.set(guard.bucketId, 1);
  fixed[1 + bucketIdBytes] = versioningStates.indexOf(guard.versioning);
  const tail: [string, unknown][] = [
    ['o', [guard.owner.id, guard.owner.displayName]],
    ['r', guard.region],
  ];
  return Buffer.concat([fixed, packTail(new Map(tail))]);
}

/** What a write needs, without the tail. */
export function decodeBucketFence(value: Buffer): Pick<BucketGuard, 'bucketId' | 'versioning'> {
  checkFormat('bucket', value, format, fixedBytes);
  return {
    bucketId: Buffer.from(value.subarray(1, 1 + bucketIdBytes)),
    versioning: wordAt(versioningStates, value.readUInt8(1 + bucketIdBytes)),
  };
}

export function decodeBucketGuard(value: Buffer): BucketGuard {
  const fence = decodeBucketFence(value);
  const tail = unpackTail(value.subarray(fixedBytes));
  const [id, displayName] = tail.get('o') as [string, string];
  return { ...fence, owner: { id, displayName }, region: String(tail.get('r')) };
}

/** The same bucket in another versioning state; whatever else the guard says stays. */
export function withVersioning(value: Buffer, versioning: Versioning): Buffer {
  const changed = Buffer.from(value);
  changed[1 + bucketIdBytes] = versioningStates.indexOf(versioning);
  return changed;
}
