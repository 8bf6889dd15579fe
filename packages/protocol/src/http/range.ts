// The Range header of a read (operations reference §3.4): by default what is out of bounds gives the
// whole object; `x-oss-range-behavior: standard` follows the HTTP specification.

export type RangeResult =
  | { readonly kind: 'whole' }
  /** Bytes [from, to). */
  | { readonly kind: 'slice'; readonly from: number; readonly to: number }
  | { readonly kind: 'unsatisfiable' };

const whole: RangeResult = { kind: 'whole' };
const unsatisfiable: RangeResult = { kind: 'unsatisfiable' };

/** Longer digits than a safe integer has are larger than any object. */
function toNumber(digits: string): number {
  return digits.length > 15 ? Number.MAX_SAFE_INTEGER : Number(digits);
}

export function resolveRange(text: string, size: number, standard: boolean): RangeResult {
  const set = /^bytes=(.*)$/i.exec(text.trim());
  if (set === null) return whole;
  const ranges = (set[1] as string).split(',');
  if (ranges.length > 1) return unsatisfiable;
  const match = /^\s*(\d*)-(\d*)\s*$/.exec(ranges[0] as string);
  if (match === null) return whole;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return whole;
  if (first === '') return suffix(toNumber(last), size, standard);
  const from = toNumber(first);
  const to = last === '' ? size - 1 : toNumber(last);
  if (last !== '' && from > to) return whole;
  if (from >= size) return standard ? unsatisfiable : whole;
  if (to >= size) return standard ? { kind: 'slice', from, to: size } : whole;
  return { kind: 'slice', from, to: to + 1 };
}

function suffix(length: number, size: number, standard: boolean): RangeResult {
  if (length === 0) return unsatisfiable;
  if (length > size) {
    if (!standard) return whole;
    return size === 0 ? unsatisfiable : { kind: 'slice', from: 0, to: size };
  }
  return { kind: 'slice', from: size - length, to: size };
}
