// The two date forms that signatures carry: RFC 1123 in GMT and ISO basic. Strict: only real
// calendar dates, because `Date.parse` would turn February 30 into March.

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const isoBasic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
const rfc1123 =
  /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 0 || month > 11 || hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = Date.UTC(year, month, day, hour, minute, second);
  const date = new Date(ms);
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month;
  return real && date.getUTCDate() === day ? ms : undefined;
}

/** `YYYYMMDDTHHMMSSZ` as ms; undefined when it is no such date. */
export function parseIsoBasic(text: string): number | undefined {
  const match = isoBasic.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return utc(
    year as number,
    (month as number) - 1,
    day as number,
    hour as number,
    minute as number,
    second as number,
  );
}

/** `Wed, 28 Dec 2022 10:27:41 GMT` as ms; the weekday must be the date's. */
export function parseRfc1123(text: string): number | undefined {
  const match = rfc1123.exec(text);
  if (match === null) return undefined;
  const [, weekday, day, month, year, hour, minute, second] = match;
  const ms = utc(
    Number(year),
    months.indexOf(month as string),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (ms === undefined || weekdays[new Date(ms).getUTCDay()] !== weekday) return undefined;
  return ms;
}

/** Either form, as official SDKs send both in either header (signing reference §1.7). */
export function parseTimestamp(text: string): number | undefined {
  return parseIsoBasic(text) ?? parseRfc1123(text);
}

/** `YYYYMMDDTHHMMSSZ` of a moment in ms. */
export function formatIsoBasic(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/** `2023-01-01T00:00:00.000Z`, seconds only, as error documents print times. */
export function formatErrorTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000Z`;
}
