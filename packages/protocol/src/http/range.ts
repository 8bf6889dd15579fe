// Which bytes a Range header asks for. OSS answers most ranges it dislikes with the whole object,
// unless `x-oss-range-behavior: standard` asks for HTTP's ways. Rule: operations reference §3.4.

export type RangeOutcome =
  | { readonly kind: 'whole' }
  /** Bytes `from` up to, not including, `to`; never empty. */
  | { readonly kind: 'slice'; readonly from: number; readonly to: number }
  | { readonly kind: 'unsatisfiable' };

const whole: RangeOutcome = { kind: 'whole' };
const unsatisfiable: RangeOutcome = { kind: 'unsatisfiable' };

const single = /^bytes=(\d*)-(\d*)$/i;
const several = /^bytes=[ \t]*(?:\d+-\d*|-\d+)(?:[ \t]*,[ \t]*(?:\d+-\d*|-\d+))+[ \t]*$/i;

/** Decides for an object of `size` bytes; `standard` is the header `x-oss-range-behavior`. */
export function resolveRange(
  header: string | undefined,
  size: number,
  standard: boolean,
): RangeOutcome {
  if (header === undefined) return whole;
  const [, first, last] = single.exec(header) ?? [];
  if (first === undefined || last === undefined) {
    return several.test(header) ? unsatisfiable : whole;
  }
  if (first === '') return resolveSuffix(last, size, standard);
  if (last !== '' && compareDigits(first, last) > 0) return whole;
  // Digits beyond 2^53 lose their last places here, and stay larger than every size.
  const from = Number(first);
  if (from >= size) return standard ? unsatisfiable : whole;
  if (last === '') return { kind: 'slice', from, to: size };
  const end = Number(last);
  if (end < size) return { kind: 'slice', from, to: end + 1 };
  return standard ? { kind: 'slice', from, to: size } : whole;
}

function resolveSuffix(digits: string, size: number, standard: boolean): RangeOutcome {
  if (digits === '') return whole;
  const length = Number(digits);
  if (length === 0) return unsatisfiable;
  // No Content-Range can name a slice of nothing.
  if (size === 0) return whole;
  if (length <= size) return { kind: 'slice', from: size - length, to: size };
  return standard ? { kind: 'slice', from: 0, to: size } : whole;
}

/** Compares decimal numbers of any length. */
function compareDigits(a: string, b: string): number {
  if (a.length < 16 && b.length < 16) return Number(a) - Number(b);
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (x.length !== y.length) return x.length - y.length;
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

/** The Content-Range of a slice: `bytes 0-99/1000`. */
export function contentRange(
  slice: { readonly from: number; readonly to: number },
  size: number,
): string {
  return `bytes ${slice.from}-${slice.to - 1}/${size}`;
}
