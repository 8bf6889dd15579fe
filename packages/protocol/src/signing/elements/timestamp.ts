// The two date forms that signatures carry: RFC 1123 in GMT and ISO basic. Strict: only real
// calendar dates, because `Date.parse` would turn February 30 into March.
import { rememberLast } from '../../http/remember-last.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
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
  // Written so that NaN fails too. Date.UTC takes the years 0 to 99 for those of last century.
  const isReal =
    year >= 100 &&
    month >= 0 &&
    month <= 11 &&
    day >= 1 &&
    day <= daysOfMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  return isReal ? Date.UTC(year, month, day, hour, minute, second) : undefined;
}

/** By the rule: making a Date of every date to see whether it is the same takes longer than all else. */
function daysOfMonth(year: number, month: number): number {
  if (month !== 1) return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Digits from `start` up to `end` as a number; NaN where one is no digit. */
export function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i += 1) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** `YYYYMMDDTHHMMSSZ` as ms; undefined when it is no such date. */
export function parseIsoBasic(text: string): number | undefined {
  return readLastIsoBasic(text);
}

/** Verifying reads the same date twice: for the time and for the day. */
const readLastIsoBasic = rememberLast(readIsoBasic);

/** By hand: every URL has one. */
function readIsoBasic(text: string): number | undefined {
  if (text.length !== 16 || text[8] !== 'T' || text[15] !== 'Z') return undefined;
  return utc(
    digits(text, 0, 4),
    digits(text, 4, 6) - 1,
    digits(text, 6, 8),
    digits(text, 9, 11),
    digits(text, 11, 13),
    digits(text, 13, 15),
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

/** The UTC day of a timestamp in either form, `YYYYMMDD`; undefined when it can not be read. */
export function timestampDay(text: string): string | undefined {
  if (parseIsoBasic(text) !== undefined) return text.slice(0, 8);
  const ms = parseRfc1123(text);
  return ms === undefined ? undefined : formatIsoBasic(ms).slice(0, 8);
}

/** Of a text that is no timestamp: its day can be read, so the fault is in the time of day. */
export function hasReadableDay(text: string): boolean {
  return (
    parseIsoBasic(`${text.slice(0, 8)}T000000Z`) !== undefined ||
    parseRfc1123(`${text.slice(0, 16)} 00:00:00 GMT`) !== undefined
  );
}

/** `YYYYMMDDTHHMMSSZ` of a moment in ms. */
export function formatIsoBasic(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    lastBasic = `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    lastSecond = second;
  }
  return lastBasic;
}

/** Signers and verifiers print the same second over and over. */
let lastSecond = Number.NaN;
let lastBasic = '';

/** `2023-01-01T00:00:00.000Z`, seconds only, as error documents print times. */
export function formatErrorTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000Z`;
}
