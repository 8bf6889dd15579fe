// Dates of headers and documents (operations reference §3.1).
import { parseRfc1123 } from '../signing/timestamp.ts';

/** `Wed, 28 Dec 2022 10:27:41 GMT`. */
export function formatImfDate(ms: number): string {
  return new Date(ms).toUTCString();
}

/** undefined when it is no such date; callers ignore or refuse it, as their header asks. */
export function parseImfDate(text: string): number | undefined {
  return parseRfc1123(text.trim());
}

/** `2023-01-01T00:00:00.000Z`: whole seconds, always 24 characters. */
export function formatIsoDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000Z`;
}

/** Accepts any fraction of a second. undefined when it is no such date. */
export function parseIsoDate(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(text)) return undefined;
  const ms = Date.parse(text);
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19);
  return isReal ? ms : undefined;
}
