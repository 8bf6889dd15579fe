import { expect, test } from 'vitest';
import { parseDuration, parseSeconds, parseUtcTime } from '../../src/arguments/duration.ts';

test.each([
  ['15m', 900],
  ['15m0s', 900],
  ['1h30m', 5400],
  ['1h', 3600],
  ['7d', 604_800],
  ['1w', 604_800],
  ['90', 90],
  ['1s', 1],
])('reads %s as %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(['', '0', '0s', '-1', '1.5h', '1h1h', 'h', '1y', '1e9', 'NaN', ' 15m', '15 m', '９m'])(
  'refuses %j as a duration',
  (text) => {
    expect(() => parseDuration(text)).toThrow();
  },
);

test('seconds are whole and positive', () => {
  expect(parseSeconds('3600')).toBe(3600);
  for (const text of ['0', '-5', '1.5', '1h', '', '0x10'])
    expect(() => parseSeconds(text)).toThrow();
});

test('a time is read as UTC, with or without Z, and must exist', () => {
  expect(parseUtcTime('2026-06-01T12:00:00')).toBe(Date.UTC(2026, 5, 1, 12));
  expect(parseUtcTime('2026-06-01T12:00:00Z')).toBe(Date.UTC(2026, 5, 1, 12));
  for (const text of ['2026-06-01', '2026-04-31T00:00:00', '2026-06-01T25:00:00', 'tomorrow']) {
    expect(() => parseUtcTime(text)).toThrow('UTC');
  }
});
