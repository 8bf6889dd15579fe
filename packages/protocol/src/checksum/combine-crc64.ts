// How the CRC-64 of two runs of bytes follows from theirs: appending zero bytes is a linear map
// over 64 bits, and its powers of two are kept. So Complete and Append move no bytes.
// Rule: operations reference §3.2.

const polynomial = 0xc96c5795d7870f42n;

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

/** The CRC of two byte runs one after the other; `secondLength` is in bytes. */
export function combineCrc64(first: bigint, second: bigint, secondLength: number): bigint {
  if (!Number.isSafeInteger(secondLength) || secondLength < 0) {
    throw new RangeError(`A length in bytes is an integer from 0, not ${secondLength}`);
  }
  let shifted = first;
  for (let power = 0, rest = secondLength; rest > 0; power += 1) {
    if (rest % 2 === 1) shifted = apply(zeroByteMatrix(power), shifted);
    rest = Math.floor(rest / 2);
  }
  return shifted ^ second;
}
