// The scope a V4 key is derived for: day, region, product.
import { v4Suffix } from './names.ts';

export interface Scope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly product: string;
}

export function isSameScope(a: Scope, b: Scope): boolean {
  return a.date === b.date && a.region === b.region && a.product === b.product;
}

export function formatScope(scope: Scope): string {
  if (!isSameScope(scope, last)) {
    const { date, region, product } = scope;
    last = { date, region, product, text: [date, region, product, v4Suffix].join('/') };
  }
  return last.text;
}

/** A day long, nearly every request has the same. */
let last: Scope & { readonly text: string } = {
  date: '',
  region: '',
  product: '',
  text: `///${v4Suffix}`,
};
