import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTime } from '../../src/output/time.ts';
import { jsonLine, visible } from '../../src/output/visible.ts';

test('nothing that steers a terminal is left, everything else stays', () => {
  expect(visible('a\u001b[2J\r\n\u009b\u202e\u200fé 中')).toBe(
    'a\\u001b[2J\\u000d\\u000a\\u009b\\u202e\\u200fé 中',
  );
});

test('one line of JSON, and the same value for a parser', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const line = jsonLine({ value, text });
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify({ value, text })));
      expect(line).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/);
      expect(line.indexOf('\n')).toBe(line.length - 1);
    }),
  );
  expect(jsonLine({ crc64: 18446744073709551615n })).toBe('{"crc64":"18446744073709551615"}\n');
});

test('times are local, with offset and zone', () => {
  const text = formatTime(Date.UTC(2026, 0, 15, 12, 30, 5));
  const [day, time, offset = ''] = text.split(' ');
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(offset) ?? [];
  const ms = Date.parse(`${day}T${time}${sign}${hours}:${minutes}`);
  expect(ms).toBe(Date.UTC(2026, 0, 15, 12, 30, 5));
});
