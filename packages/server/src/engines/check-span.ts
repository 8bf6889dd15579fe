// The bytes of a blob that a read asks for, checked once for every engine.
import type { Extent } from '../core/ports/blobs.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Bytes [from, to) of the extent as positions in its blob. */
export function checkSpan(extent: Extent, from: number, to: number): Span {
  const { offset, length } = extent;
  const numbers = [offset, length, from, to];
  const areCounts = numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
  if (!areCounts || from > to || to > length) {
    throw new RangeError(`bytes ${from}-${to} of an extent of ${length} bytes at ${offset}`);
  }
  return { from: offset + from, to: offset + to };
}
