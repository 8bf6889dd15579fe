// CRC-64/XZ (ECMA-182, reflected): the checksum OSS returns for every object, and how two of them
// combine (operations reference §3.2). Slicing by 8 over two 32-bit halves: BigInt arithmetic would
// be forty times slower.

const polynomialHigh = 0xc96c5795;
const polynomialLow = 0xd7870f42;
const slices = 8;

interface Tables {
  /** Slice k, byte b at index 256 k + b. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

function makeTables(): Tables {
  const high = new Uint32Array(256 * slices);
  const low = new Uint32Array(256 * slices);
  for (let byte = 0; byte < 256; byte += 1) {
    let h = 0;
    let l = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      const carry = l & 1;
      l = (l >>> 1) | ((h & 1) << 31);
      h >>>= 1;
      if (carry === 1) {
        h ^= polynomialHigh;
        l ^= polynomialLow;
      }
    }
    high[byte] = h;
    low[byte] = l;
  }
  for (let at = 256; at < 256 * slices; at += 1) {
    const h = high[at - 256] as number;
    const l = low[at - 256] as number;
    const index = l & 255;
    low[at] = ((l >>> 8) | (h << 24)) ^ (low[index] as number);
    high[at] = (h >>> 8) ^ (high[index] as number);
  }
  return { high, low };
}

let tables: Tables | undefined;

/** A running CRC-64; `digest` may be called at any time. */
export class Crc64 {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(chunk: Uint8Array): this {
    tables ??= makeTables();
    const { high: H, low: L } = tables;
    let high = this.#high;
    let low = this.#low;
    let at = 0;
    const whole = chunk.length - (chunk.length % 8);
    while (at < whole) {
      low ^=
        (chunk[at] as number) |
        ((chunk[at + 1] as number) << 8) |
        ((chunk[at + 2] as number) << 16) |
        ((chunk[at + 3] as number) << 24);
      high ^=
        (chunk[at + 4] as number) |
        ((chunk[at + 5] as number) << 8) |
        ((chunk[at + 6] as number) << 16) |
        ((chunk[at + 7] as number) << 24);
      const a = 1792 + (low & 255);
      const b = 1536 + ((low >>> 8) & 255);
      const c = 1280 + ((low >>> 16) & 255);
      const d = 1024 + (low >>> 24);
      const e = 768 + (high & 255);
      const f = 512 + ((high >>> 8) & 255);
      const g = 256 + ((high >>> 16) & 255);
      const h = high >>> 24;
      low =
        (L[a] as number) ^
        (L[b] as number) ^
        (L[c] as number) ^
        (L[d] as number) ^
        (L[e] as number) ^
        (L[f] as number) ^
        (L[g] as number) ^
        (L[h] as number);
      high =
        (H[a] as number) ^
        (H[b] as number) ^
        (H[c] as number) ^
        (H[d] as number) ^
        (H[e] as number) ^
        (H[f] as number) ^
        (H[g] as number) ^
        (H[h] as number);
      at += 8;
    }
    for (; at < chunk.length; at += 1) {
      const index = (low ^ (chunk[at] as number)) & 255;
      low = ((low >>> 8) | (high << 24)) ^ (L[index] as number);
      high = (high >>> 8) ^ (H[index] as number);
    }
    this.#high = high;
    this.#low = low;
    return this;
  }

  /** Unsigned 64 bits. */
  digest(): bigint {
    return (BigInt(~this.#high >>> 0) << 32n) | BigInt(~this.#low >>> 0);
  }
}

export function crc64(bytes: Uint8Array): bigint {
  return new Crc64().update(bytes).digest();
}

const polynomial = (BigInt(polynomialHigh) << 32n) | BigInt(polynomialLow);

/** A linear map over 64 bits: what it makes of each single bit. */
type Matrix = readonly bigint[];

function apply(matrix: Matrix, vector: bigint): bigint {
  let sum = 0n;
  let rest = vector;
  for (let bit = 0; rest !== 0n; bit += 1, rest >>= 1n) {
    if ((rest & 1n) === 1n) sum ^= matrix[bit] as bigint;
  }
  return sum;
}

function square(matrix: Matrix): Matrix {
  return matrix.map((column) => apply(matrix, column));
}

/** The map of appending one zero byte, then of 2, 4, 8 … zero bytes; grown as lengths ask. */
const zeroBytes: Matrix[] = [];

function zeroByteMatrix(power: number): Matrix {
  if (zeroBytes.length === 0) {
    const oneBit = [polynomial, ...Array.from({ length: 63 }, (_, bit) => 1n << BigInt(bit))];
    zeroBytes.push(square(square(square(oneBit))));
  }
  while (zeroBytes.length <= power) zeroBytes.push(square(zeroBytes.at(-1) as Matrix));
  return zeroBytes[power] as Matrix;
}

/** The CRC of two byte runs one after the other, from their CRCs and the second's length in bytes. */
export function combineCrc64(first: bigint, second: bigint, secondLength: number): bigint {
  let shifted = first;
  for (let power = 0, rest = secondLength; rest > 0; power += 1) {
    if (rest % 2 === 1) shifted = apply(zeroByteMatrix(power), shifted);
    rest = Math.floor(rest / 2);
  }
  return shifted ^ second;
}
