// Conditions of reads and of copies (operations reference §3.3).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  evaluateConditions,
  readConditions,
  readCopySourceConditions,
} from '../../src/http/conditions.ts';
import { formatImfDate } from '../../src/http/dates.ts';

const etag = '5D41402ABC4B2A76B9719D911017C592';
const lastModified = 1_702_743_657_400;
const target = { etag, lastModified };
const at = (seconds: number): string => formatImfDate(lastModified + seconds * 1000);

type Outcome = 'ok' | 'not-modified' | 'If-Match' | 'If-Unmodified-Since';

function outcome(conditions: Parameters<typeof evaluateConditions>[0], of = target): Outcome {
  try {
    return evaluateConditions(conditions, of);
  } catch (error) {
    expect(error).toMatchObject({ code: 'PreconditionFailed', status: 412, ec: '0017-00001001' });
    return (error as { details: { Condition: Outcome } }).details.Condition;
  }
}

describe('ETags', () => {
  test.each([
    [`"${etag}"`, true],
    [etag, true],
    [etag.toLowerCase(), true],
    [`W/"${etag}"`, true],
    [`"foo", "${etag}"`, true],
    ['*', true],
    ['foo', false],
    ['"foo"', false],
    ['', false],
    ['"', false],
    [`"${etag}`, false],
    [`${etag}-2`, false],
  ])('%j names it: %s', (operand, same) => {
    expect(outcome({ ifMatch: operand })).toBe(same ? 'ok' : 'If-Match');
    expect(outcome({ ifNoneMatch: operand })).toBe(same ? 'not-modified' : 'ok');
  });

  test('the quotes of the stored one do not matter', () => {
    expect(outcome({ ifMatch: etag }, { etag: `"${etag}"`, lastModified })).toBe('ok');
  });
});

describe('dates count in seconds', () => {
  test.each([
    [-1, 'ok', 'If-Unmodified-Since'],
    [0, 'not-modified', 'ok'],
    [1, 'not-modified', 'ok'],
    [86_400 * 400, 'not-modified', 'ok'],
  ] as const)('%i seconds after Last-Modified', (seconds, modifiedSince, unmodifiedSince) => {
    expect(outcome({ ifModifiedSince: at(seconds) })).toBe(modifiedSince);
    expect(outcome({ ifUnmodifiedSince: at(seconds) })).toBe(unmodifiedSince);
  });

  test.each([
    '',
    'yesterday',
    '1702743657',
    '2023-12-16T16:20:57.000Z',
    'Mon, 16 Dec 2030 00:00:00',
  ])('%j is as good as none', (text) => {
    expect(outcome({ ifModifiedSince: text })).toBe('ok');
    expect(outcome({ ifUnmodifiedSince: text })).toBe('ok');
  });
});

test('no condition holds', () => {
  expect(outcome({})).toBe('ok');
});

test('each is evaluated by itself, 412 before 304', () => {
  const match = fc.constantFrom(undefined, true, false);
  fc.assert(
    fc.property(match, match, match, match, (same, none, since, unmodified) => {
      const operand = (holds: boolean | undefined): string | undefined =>
        holds === undefined ? undefined : holds ? etag : 'foo';
      const date = (later: boolean | undefined): string | undefined =>
        later === undefined ? undefined : at(later ? 0 : -1);
      const expected: Outcome =
        same === false
          ? 'If-Match'
          : unmodified === false
            ? 'If-Unmodified-Since'
            : none === true || since === true
              ? 'not-modified'
              : 'ok';
      const found = outcome({
        ifMatch: operand(same),
        ifNoneMatch: operand(none),
        ifModifiedSince: date(since),
        ifUnmodifiedSince: date(unmodified),
      });
      expect(found).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

test('a copy obeys its own headers, not the plain ones', () => {
  // Node sends both kinds together (operations reference §3.3).
  const headers = new Map([
    ['if-match', 'a'],
    ['if-none-match', 'b'],
    ['if-modified-since', 'c'],
    ['if-unmodified-since', 'd'],
    ['x-oss-copy-source-if-match', 'A'],
    ['x-oss-copy-source-if-none-match', 'B'],
    ['x-oss-copy-source-if-modified-since', 'C'],
    ['x-oss-copy-source-if-unmodified-since', 'D'],
  ]);
  expect(readConditions(headers)).toEqual({
    ifMatch: 'a',
    ifNoneMatch: 'b',
    ifModifiedSince: 'c',
    ifUnmodifiedSince: 'd',
  });
  expect(readCopySourceConditions(headers)).toEqual({
    ifMatch: 'A',
    ifNoneMatch: 'B',
    ifModifiedSince: 'C',
    ifUnmodifiedSince: 'D',
  });
  expect(outcome(readCopySourceConditions(headers))).toBe('If-Match');
});
