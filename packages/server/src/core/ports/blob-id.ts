// The layout of a blob's id: 16 bytes, the epoch of the process that named it (6), that process's counter
// (4, big-endian), random bytes (6). The epoch says whose a blob is, the counter orders the blobs of a
// process, the random part makes ids unguessable. Known here only (docs/formats/blobs.md, metadata.md).

/** `blobIdBytes` bytes. */
export type BlobId = Buffer;

/** Of a process: drawn at its start, and by no other before. */
export const epochBytes = 6;
const counterBytes = 4;
/** The unguessable rest. */
export const blobRandomBytes = 6;
export const blobIdBytes: number = epochBytes + counterBytes + blobRandomBytes;

/** So many blobs can be named under one epoch. */
export const blobCountersMax: number = 2 ** (8 * counterBytes);

/** `counter` below `blobCountersMax`; RangeError where a part has another length. */
export function makeBlobId(epoch: Buffer, counter: number, random: Buffer): BlobId {
  checkEpoch(epoch);
  if (random.length !== blobRandomBytes) throw new RangeError(`${blobRandomBytes} random bytes`);
  const id = Buffer.allocUnsafeSlow(blobIdBytes);
  epoch.copy(id);
  id.writeUInt32BE(counter, epochBytes);
  random.copy(id, epochBytes + counterBytes);
  return id;
}

export function blobEpoch(id: BlobId): Buffer {
  return id.subarray(0, epochBytes);
}

export function blobCounter(id: BlobId): number {
  return id.readUInt32BE(epochBytes);
}

/** For sets and maps of ids: Buffers are no keys of them. */
export function blobName(id: BlobId): string {
  return id.toString('latin1');
}

export function blobIdOf(name: string): BlobId {
  return Buffer.from(name, 'latin1');
}

export function checkBlobId(id: BlobId): BlobId {
  if (id.length !== blobIdBytes) throw new RangeError(`a blob id has ${blobIdBytes} bytes`);
  return id;
}

export function checkEpoch(epoch: Buffer): Buffer {
  if (epoch.length !== epochBytes) throw new RangeError(`an epoch has ${epochBytes} bytes`);
  return epoch;
}
