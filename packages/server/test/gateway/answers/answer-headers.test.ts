// The headers of every answer stand in two forms; both say the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerDate, AnswerHeaders } from '../../../src/gateway/answers/answer-headers.ts';
import { checkedLines } from '../../../src/gateway/http/header-lines.ts';

const pairs = fc.array(
  fc.tuple(
    fc.constantFrom('Connection', 'Content-Length', 'x-oss-ec'),
    fc.constantFrom('close', '5'),
  ),
  { maxLength: 4 },
);

test('as a list and as lines', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.double({ min: 0, max: 9_999 }), pairs, (now, elapsed, own) => {
      const headers = new AnswerHeaders('0123456789ABCDEF01234567', String(now), elapsed);
      headers.addAll(own.flat());
      expect(headers.lines()).toBe(checkedLines(headers.list()));
      expect(headers.hasLength).toBe(own.some(([name]) => name === 'Content-Length'));
    }),
  );
});

test('what no header can carry is refused, and nothing ends one early', () => {
  const headers = new AnswerHeaders('ID', 'now', 0);
  headers.add('x-oss-meta-a', 'b\r\nSet-Cookie: c');
  expect(() => headers.lines()).toThrow(TypeError);
});

test('a date is the second of its answer', () => {
  const date = new AnswerDate();
  const start = Date.UTC(2026, 0, 15, 12, 0, 0);
  expect(date.at(start)).toBe('Thu, 15 Jan 2026 12:00:00 GMT');
  expect(date.at(start + 999)).toBe('Thu, 15 Jan 2026 12:00:00 GMT');
  expect(date.at(start + 1_000)).toBe('Thu, 15 Jan 2026 12:00:01 GMT');
  expect(date.at(start - 1)).toBe('Thu, 15 Jan 2026 11:59:59 GMT');
});
