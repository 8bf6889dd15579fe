// The scope a V4 key is derived for: day, region, product.
import { v4Suffix } from '../names.ts';

export interface Scope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly product: string;
}

export function formatScope({ date, region, product }: Scope): string {
  return `${date}/${region}/${product}/${v4Suffix}`;
}
