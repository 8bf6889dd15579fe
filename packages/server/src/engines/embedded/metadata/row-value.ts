// What LMDB stores under a key: a row is u8 format, u64 stamp, payload (metadata model §2); a counter is
// a vector of signed 64-bit numbers. All integers are big-endian.
import type { Stamp } from '../../../core/ports/metadata.ts';

export const rowHeadBytes = 9;
const rowFormat = 1;
const numberBytes = 8;

/** A row written by a version that stores rows in another way. */
class RowFormatError extends Error {
  override readonly name = 'RowFormatError';
}

/** Writes into `bytes`, which have the length of head and payload, and returns them. */
export function encodeRow(bytes: Buffer, stamp: Stamp, payload: Buffer): Buffer {
  bytes[0] = rowFormat;
  bytes.writeBigUInt64BE(stamp, 1);
  bytes.set(payload, rowHeadBytes);
  return bytes;
}

export function decodeStamp(bytes: Buffer): Stamp {
  if (bytes[0] !== rowFormat) {
    throw new RowFormatError(`A row has format ${bytes[0]}, which this version does not know.`);
  }
  return bytes.readBigUInt64BE(1);
}

export function decodePayload(bytes: Buffer): Buffer {
  return bytes.subarray(rowHeadBytes);
}

export function encodeCounter(numbers: readonly bigint[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(numbers.length * numberBytes);
  numbers.forEach((number, index) => {
    bytes.writeBigInt64BE(number, index * numberBytes);
  });
  return bytes;
}

export function decodeCounter(bytes: Buffer | undefined): bigint[] {
  const length = (bytes?.length ?? 0) / numberBytes;
  return Array.from({ length }, (_, index) => bytes?.readBigInt64BE(index * numberBytes) ?? 0n);
}

export function addCounters(sums: readonly bigint[], deltas: readonly bigint[]): bigint[] {
  return Array.from({ length: Math.max(sums.length, deltas.length) }, (_, index) =>
    BigInt.asIntN(64, (sums[index] ?? 0n) + (deltas[index] ?? 0n)),
  );
}
