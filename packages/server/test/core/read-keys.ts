// What rows are named, read back without the code that names them (docs/formats/metadata.md).

const headAt = 1 + 8;

/** The object key inside an O or M key. */
export function keyOfHead(row: Buffer): Buffer {
  return row.subarray(headAt);
}

/** Object key and sequence inside a V key. */
export function partsOfVersionKey(row: Buffer): { key: Buffer; seq: number } {
  return { key: row.subarray(headAt, -9), seq: seqOfVersionKey(row) };
}

export function seqOfVersionKey(row: Buffer): number {
  return Number(2n ** 64n - 1n - row.readBigUInt64BE(row.length - 8));
}
