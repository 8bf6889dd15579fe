// Bodies for tests that must tell one write from another.

export interface BodyPlan {
  readonly seed: number;
  readonly size: number;
}

/** A prime, so that no chunk of a body repeats another. */
const periodBytes = 4_099;

/** Bytes that only this seed gives: a torn or mixed body equals none of them. */
export function bodyOf({ seed, size }: BodyPlan): Buffer {
  const period = Buffer.allocUnsafe(Math.min(size, periodBytes));
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let at = 0; at < period.length; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    period[at] = state >>> 24;
  }
  return size <= periodBytes ? period : Buffer.alloc(size, period);
}

/** Sizes on both sides of every border in the way a body is stored. */
export function sizesAround(inlineBytesMax: number): number[] {
  const chunk = 65_536;
  const nearInline = [-1, 0, 1].map((step) => inlineBytesMax + step);
  return [0, 1, 1_000, ...nearInline, chunk - 1, chunk, chunk + 1];
}
