// Date forms (operations reference §3.1, signing reference §1.7): exact out, only real dates in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as dates from '../../src/http/dates.ts';

// Operations reference §2.2: the epoch and the date of the test vectors.
const vectorTime = 1_702_743_657_000;

test('the moments of the vectors', () => {
  expect(dates.formatBasicDate(vectorTime)).toBe('20231216T162057Z');
  expect(dates.formatBasicDay(vectorTime)).toBe('20231216');
  expect(dates.formatIsoDate(vectorTime)).toBe('2023-12-16T16:20:57.000Z');
  expect(dates.formatImfDate(vectorTime)).toBe('Sat, 16 Dec 2023 16:20:57 GMT');
  expect(dates.parseImfDate('Wed, 28 Dec 2022 10:27:41 GMT')).toBe(1_672_223_261_000);
});

test('parts of a second are not printed', () => {
  expect(dates.formatIsoDate(vectorTime + 999)).toBe('2023-12-16T16:20:57.000Z');
  expect(dates.formatImfDate(vectorTime + 999)).toBe('Sat, 16 Dec 2023 16:20:57 GMT');
  expect(dates.formatBasicDate(vectorTime + 999)).toBe('20231216T162057Z');
});

const second = fc
  .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => Math.floor(date.getTime() / 1000) * 1000);

test('what is printed is read back', () => {
  fc.assert(
    fc.property(second, (ms) => {
      expect(dates.parseImfDate(dates.formatImfDate(ms))).toBe(ms);
      expect(dates.parseIsoDate(dates.formatIsoDate(ms))).toBe(ms);
      expect(dates.parseBasicDate(dates.formatBasicDate(ms))).toBe(ms);
      const day = Math.floor(ms / 86_400_000) * 86_400_000;
      expect(dates.parseBasicDay(dates.formatBasicDay(ms))).toBe(day);
      expect(dates.formatIsoDate(ms)).toHaveLength(24);
    }),
  );
});

describe('ISO dates may have any fraction of a second, or none', () => {
  test.each([
    ['2023-12-16T16:20:57Z', 0],
    ['2023-12-16T16:20:57.1Z', 100],
    ['2023-12-16T16:20:57.123Z', 123],
    ['2023-12-16T16:20:57.123456789Z', 123],
  ])('%s', (text, ms) => {
    expect(dates.parseIsoDate(text)).toBe(vectorTime + ms);
  });
});

test.each([
  'Sun, 16 Dec 2023 16:20:57 GMT',
  'Fri, 30 Feb 2024 00:00:00 GMT',
  'Sat, 16 Dec 2023 24:00:00 GMT',
  'Sat, 16 Dec 2023 16:20:60 GMT',
  'Sat, 16 Dec 2023 16:20:57 UTC',
  'Sat, 16 Dec 2023 16:20:57 +0000',
  'Sat, 16 dec 2023 16:20:57 GMT',
  'Saturday, 16-Dec-23 16:20:57 GMT',
  'Sat Dec 16 16:20:57 2023',
  'Sat, 6 Dec 2023 16:20:57 GMT',
  ' Sat, 16 Dec 2023 16:20:57 GMT',
  '2023-12-16T16:20:57.000Z',
  '1702743657',
  'tomorrow',
  '',
])('%j is no date of a header', (text) => {
  expect(dates.parseImfDate(text)).toBeUndefined();
});

test.each([
  '2023-02-29T00:00:00.000Z',
  '2023-13-01T00:00:00.000Z',
  '2023-00-01T00:00:00.000Z',
  '2023-04-31T00:00:00.000Z',
  '2023-12-16T24:00:00.000Z',
  '2023-12-16T16:60:00.000Z',
  '2023-12-16T16:20:57.000',
  '2023-12-16T16:20:57.Z',
  '2023-12-16T16:20:57+08:00',
  '2023-12-16 16:20:57Z',
  '2023-12-16',
  '+02023-12-16T16:20:57Z',
  '',
])('%j is no ISO date', (text) => {
  expect(dates.parseIsoDate(text)).toBeUndefined();
});

test.each([
  '20230229T000000Z',
  '20231301T000000Z',
  '20231216T240000Z',
  '20231216T162060Z',
  '20231216T162057',
  '20231216',
  '2023-12-16T16:20:57Z',
  '20231216t162057z',
  '',
])('%j is no basic date', (text) => {
  expect(dates.parseBasicDate(text)).toBeUndefined();
});

test.each(['20230229', '20231301', '2023121', '202312160', '2023-12-16', ''])(
  '%j is no day',
  (text) => {
    expect(dates.parseBasicDay(text)).toBeUndefined();
  },
);

test('a leap day is a day', () => {
  expect(dates.parseBasicDay('20240229')).toBe(Date.UTC(2024, 1, 29));
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 253_402_300_800_000, -62_167_219_200_001])(
  '%d has no date to print',
  (ms) => {
    for (const format of [
      dates.formatImfDate,
      dates.formatIsoDate,
      dates.formatBasicDate,
      dates.formatBasicDay,
    ]) {
      expect(() => format(ms)).toThrow(RangeError);
    }
  },
);
