// The date forms of the protocol. Printing is exact to the second; reading takes only what printing
// would make, so 31 February, a wrong weekday or second 60 are no dates.
// Rules: operations reference §3.1, signing reference §1.7. Times are milliseconds since 1970.

const isoExtended = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/;
const isoBasic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
const isoBasicDay = /^(\d{4})(\d{2})(\d{2})$/;
const imf = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 9999-12-31T23:59:59.999Z, the last moment that has four digits for its year. */
const timeMax = 253_402_300_799_999;
const timeMin = -62_167_219_200_000;

function dateOf(ms: number): Date {
  if (!(ms >= timeMin && ms <= timeMax)) throw new RangeError(`${ms} is outside years 0 to 9999`);
  return new Date(ms);
}

/** `Tue, 14 Nov 2023 22:13:20 GMT`, as in Date and Last-Modified. */
export function formatImfDate(ms: number): string {
  return dateOf(ms).toUTCString();
}

export function parseImfDate(text: string): number | undefined {
  const [, day, month, year, time] = imf.exec(text) ?? [];
  if (month === undefined) return undefined;
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  // Not Date.parse of the text itself: it takes year 0099 for 1999.
  const ms = exactIso(`${year}-${number}-${day}T${time}.000Z`);
  return ms !== undefined && new Date(ms).toUTCString() === text ? ms : undefined;
}

/** `2023-11-14T22:13:20.000Z`, as in XML documents: always `.000`. */
export function formatIsoDate(ms: number): string {
  return `${dateOf(ms).toISOString().slice(0, 19)}.000Z`;
}

/** Also without, or with any, fraction of a second: clients write policies and rules that way. */
export function parseIsoDate(text: string): number | undefined {
  const [, second, fraction = ''] = isoExtended.exec(text) ?? [];
  if (second === undefined) return undefined;
  return exactIso(`${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
}

/** `20231114T221320Z`, as V4 signs it. */
export function formatBasicDate(ms: number): string {
  const iso = dateOf(ms).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')}T${iso.slice(11, 19).replaceAll(':', '')}Z`;
}

export function parseBasicDate(text: string): number | undefined {
  const parts = isoBasic.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return exactIso(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
}

/** `20231114`, the day of V4's scope in UTC. */
export function formatBasicDay(ms: number): string {
  return dateOf(ms).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The first moment of the day. */
export function parseBasicDay(text: string): number | undefined {
  const parts = isoBasicDay.exec(text);
  if (parts === null) return undefined;
  return exactIso(`${parts[1]}-${parts[2]}-${parts[3]}T00:00:00.000Z`);
}

function exactIso(full: string): number | undefined {
  const ms = Date.parse(full);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === full ? ms : undefined;
}
