// Line 4 of the canonical request: what is always signed when present, and the additional ones.
import { headerName } from '../elements/names.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';

export function isAlwaysSigned(name: string): boolean {
  return (
    name.startsWith('x-oss-') || name === headerName.contentType || name === headerName.contentMd5
  );
}

/** `name:value\n` for each, sorted. Additional names that are absent are left out here. */
export function canonicalHeaders(headers: SignedHeaders, additional: readonly string[]): string {
  if (headers.size === 0) return '';
  const names: string[] = [];
  for (const name of headers.keys()) {
    if (isAlwaysSigned(name) || additional.includes(name)) names.push(name);
  }
  if (names.length > 1) names.sort();
  let text = '';
  for (const name of names) text += `${name}:${headers.get(name)}\n`;
  return text;
}
