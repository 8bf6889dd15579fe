// Times as ossutil writes them: durations such as `15m`, `1h30m`, `15m0s`, `7d`, `1w` or plain
// seconds, and points in time in UTC such as `2026-06-01T12:00:00`.
import { InvalidArgumentError } from 'commander';

const secondsIn: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** The longest life a V4 signed URL can have (signing reference §1): seven days. */
export const v4SecondsMax = 604_800;

/** Whole seconds, at least 1. The upper bound depends on the signature and is checked there. */
export function parseDuration(text: string): number {
  if (!/^(\d{1,12}[smhdw]?|(\d{1,12}[smhdw]){2,5})$/.test(text)) {
    throw new InvalidArgumentError(
      'Write a number and a unit of s, m, h, d or w, for example 15m, 1h30m or 7d.',
    );
  }
  let seconds = 0;
  const seen = new Set<string>();
  for (const [, digits = '', unit = ''] of text.matchAll(/(\d+)([smhdw]?)/g)) {
    const name = unit === '' ? 's' : unit;
    if (seen.has(name)) {
      throw new InvalidArgumentError(`The unit ${name} appears twice.`);
    }
    seen.add(name);
    seconds += Number(digits) * (secondsIn[name] ?? 1);
  }
  if (seconds < 1 || !Number.isSafeInteger(seconds)) {
    throw new InvalidArgumentError('It must be at least one second.');
  }
  return seconds;
}

/** Plain whole seconds, as `--timeout` of ossutil 1 takes them. */
export function parseSeconds(text: string): number {
  const seconds = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (seconds < 1) throw new InvalidArgumentError('Write whole seconds, 1 or more.');
  return seconds;
}

/** A point in time in UTC, as milliseconds since 1970. */
export function parseUtcTime(text: string): number {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z?$/.exec(text);
  const time = match === null ? Number.NaN : Date.parse(text.endsWith('Z') ? text : `${text}Z`);
  // Date.parse rolls 31 April over to May: what it read must print as what was written.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text.slice(0, 19)) {
    throw new InvalidArgumentError('Write a time in UTC, for example 2026-06-01T12:00:00.');
  }
  return time;
}
