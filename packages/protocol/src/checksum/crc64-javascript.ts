// CRC-64/XZ in JavaScript, for runtimes that refuse WebAssembly from bytes (edge runtimes, pages
// with a strict content policy). Slicing by 8 over two 32-bit halves: BigInt arithmetic would be
// forty times slower. Rule: operations reference §3.2.

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

/** Carries the inverted running value over a chunk. */
export function updateCrc64Javascript(running: bigint, chunk: Uint8Array): bigint {
  tables ??= makeTables();
  const { high: H, low: L } = tables;
  let high = Number((running >> 32n) & 0xffffffffn);
  let low = Number(running & 0xffffffffn);
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
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
