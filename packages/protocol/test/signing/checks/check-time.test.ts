// Times at their exact limits (signing reference §2.2, §3.3, §3.4).
import { describe, expect, test } from 'vitest';
import { verify } from '../../../src/signing/index.ts';
import { outcome, refusalOf } from '../outcome.ts';
import { modes, nowMs, plain, setHeader, setQuery, signed, verifier, versions } from '../signed.ts';

const second = 1000;
const minute = 60 * second;
const temporary = {
  accessKeyId: 'LTAItest',
  secret: 'secret',
  enabled: true,
  token: 'token',
};
const at = (ms: number) => verifier({ nowMs: nowMs + ms });
const skewed = '403 RequestTimeTooSkewed 0002-00000504';

describe.each(versions)('skew of a %s header', (version) => {
  const request = signed(version, 'header');

  test.each([
    [14 * minute + 59 * second, 'accepted'],
    [15 * minute, 'accepted'],
    [15 * minute + 1, skewed],
    [15 * minute + second, skewed],
    [24 * 60 * minute, skewed],
  ])('%i ms either way', async (ms, expected) => {
    expect(await outcome(request, at(ms))).toBe(expected);
    expect(await outcome(request, at(-ms))).toBe(expected);
  });

  test('says by how much', async () => {
    const error = await refusalOf(() => verify(request, at(16 * minute)));
    expect(Object.entries(error.details)).toEqual([
      ['MaxAllowedSkewMilliseconds', '900000'],
      ['RequestTime', '2026-01-02T03:04:05.000Z'],
      ['ServerTime', '2026-01-02T03:20:05.000Z'],
    ]);
  });
});

describe('dates of headers', () => {
  const dated = (date: string) => signed('v1', 'header', plain, { date });
  const missing = '403 AccessDenied 0002-00000503';
  const badDay = '403 AccessDenied 0002-00000502';
  const badTime = '403 AccessDenied 0002-00000505';
  const february = verifier({ nowMs: Date.UTC(2026, 2, 2, 3, 4, 5) });

  test.each([
    ['20260102T030405Z', 'accepted'],
    ['Fri, 02 Jan 2026 03:04:05 GMT', 'accepted'],
    ['Thu, 02 Jan 2026 03:04:05 GMT', badDay],
    ['Fri, 2 Jan 2026 03:04:05 GMT', badDay],
    ['Fri, 02 Jan 2026 03:04:05 UTC', badTime],
    ['Fri, 02 Jan 2026 24:04:05 GMT', badTime],
    ['20260102T246060Z', badTime],
    ['20260102T030405', badTime],
    ['20260102T0304051Z', badTime],
    ['20260102t030405z', badTime],
    ['2026-01-02T03:04:05Z', badDay],
    ['20261302T030405Z', badDay],
    ['20260100T030405Z', badDay],
    ['1767323045', badDay],
    ['٢٠٢٦٠١٠٢T٠٣٠٤٠٥Z', badDay],
  ])('%s', async (date, expected) => {
    expect(await outcome(dated(date), verifier())).toBe(expected);
  });

  test('February 30 is no date, in either form', async () => {
    expect(await outcome(dated('20260230T030405Z'), february)).toBe(badDay);
    expect(await outcome(dated('Mon, 30 Feb 2026 03:04:05 GMT'), february)).toBe(badDay);
    expect(await outcome(dated('20260302T030405Z'), february)).toBe('accepted');
  });

  test.each(versions)('%s without any', async (version) => {
    const bare = setHeader(setHeader(signed(version, 'header'), 'x-oss-date', null), 'Date', null);
    expect(await outcome(bare, verifier())).toBe(missing);
    expect(await outcome(setHeader(bare, 'Date', ''), verifier())).toBe(missing);
  });

  test('x-oss-date is the one that is compared', async () => {
    const old = setHeader(plain, 'Date', 'Fri, 02 Jan 2015 03:04:05 GMT');
    expect(await outcome(signed('v1', 'header', old), verifier())).toBe('accepted');
    const fresh = setHeader(plain, 'Date', 'Fri, 02 Jan 2026 03:04:05 GMT');
    const stale = signed('v1', 'header', fresh, { date: '20150102T030405Z' });
    expect(await outcome(stale, verifier())).toBe(skewed);
  });
});

describe('window of a V4 URL', () => {
  const expired = '403 AccessDenied 0002-00000236';
  const early = '403 AccessDenied 0002-00000235';
  const range = '400 InvalidArgument 0002-00000232';
  const request = signed('v4', 'url', plain, { expires: 60 });

  test.each([
    [-15 * minute - 1, early],
    [-15 * minute, 'accepted'],
    [59 * second, 'accepted'],
    [60 * second, 'accepted'],
    [60 * second + 1, expired],
    [61 * second, expired],
    [60 * second + 14 * minute, expired],
  ])('%i ms after its start', async (ms, expected) => {
    expect(await outcome(request, at(ms))).toBe(expected);
  });

  test.each([
    ['1', 'accepted'],
    ['604800', 'accepted'],
    ['604801', range],
    ['0', range],
    ['-1', range],
    ['1.5', range],
    ['1e3', range],
    ['+60', range],
    [' 60', range],
    ['９', range],
    ['9'.repeat(30), range],
    ['NaN', range],
  ])('x-oss-expires=%s', async (expires, expected) => {
    const number = Number(expires);
    const url =
      String(number) === expires && Number.isInteger(number)
        ? signed('v4', 'url', plain, { expires: number })
        : setQuery(request, 'x-oss-expires', expires);
    expect(await outcome(url, verifier())).toBe(expected);
  });

  test('seven days to the second', async () => {
    const week = signed('v4', 'url', plain, { expires: 604_800 });
    expect(await outcome(week, at(604_800 * second))).toBe('accepted');
    expect(await outcome(week, at(604_800 * second + 1))).toBe(expired);
  });

  test('twelve hours with a token, however long it was meant to live', async () => {
    const url = signed('v4', 'url', plain, { expires: 604_800, token: 'token' });
    const late = (ms: number) => verifier({ nowMs: nowMs + ms, credential: temporary });
    expect(await outcome(url, late(43_200 * second))).toBe('accepted');
    expect(await outcome(url, late(43_200 * second + 1))).toBe(expired);
  });

  test('says when it ended', async () => {
    const error = await refusalOf(() => verify(request, at(61 * second)));
    expect(Object.entries(error.details)).toEqual([
      ['Expires', '2026-01-02T03:05:05.000Z'],
      ['ServerTime', '2026-01-02T03:05:06.000Z'],
    ]);
    expect(error.message).toBe('Request has expired.');
  });

  test('an expired link says so although its signature is wrong too', async () => {
    const wrong = setQuery(request, 'x-oss-signature', 'ab'.repeat(32));
    expect(await outcome(wrong, at(61 * second))).toBe(expired);
  });

  test.each([
    ['missing', null, '403 AccessDenied 0002-00000503'],
    ['empty', '', '403 AccessDenied 0002-00000503'],
    ['RFC 1123', 'Fri, 02 Jan 2026 03:04:05 GMT', '403 AccessDenied 0002-00000502'],
    ['no time of day', '20260102T250000Z', '403 AccessDenied 0002-00000505'],
    ['no calendar day', '20260230T030405Z', '403 AccessDenied 0002-00000502'],
  ])('x-oss-date %s', async (_, date, expected) => {
    expect(await outcome(setQuery(request, 'x-oss-date', date), verifier())).toBe(expected);
  });

  test("the request's own Date plays no part", async () => {
    const old = setHeader(request, 'Date', 'Fri, 02 Jan 2015 03:04:05 GMT');
    expect(await outcome(old, verifier())).toBe('accepted');
  });
});

describe.each(['v1', 'v2'] as const)('end of a %s URL', (version) => {
  const name = version === 'v1' ? 'Expires' : 'x-oss-expires';
  const request = signed(version, 'url', plain, { expires: 60 });
  const expired = '403 AccessDenied 0002-00000069';

  test.each([
    [-365 * 24 * 60 * minute, 'accepted'],
    [60 * second, 'accepted'],
    [60 * second + 1, expired],
  ])('%i ms after it was signed', async (ms, expected) => {
    expect(await outcome(request, at(ms))).toBe(expected);
  });

  test('may lie 52 years ahead', async () => {
    const far = signed(version, 'url', plain, { expires: 1_650_801_600 });
    expect(await outcome(far, verifier())).toBe('accepted');
  });

  test.each(['x', '1e9', '-1', '1.5', '0x10', '99999999999999', '253402300800'])(
    '%s is no number of seconds',
    async (text) => {
      const url = setQuery(request, name, text);
      expect(await outcome(url, verifier())).toBe('403 AccessDenied 0002-00000070');
    },
  );

  test('says when it ended', async () => {
    const error = await refusalOf(() => verify(request, at(61 * second)));
    expect(Object.entries(error.details)).toEqual([
      ['Expires', '2026-01-02T03:05:05.000Z'],
      ['ServerTime', '2026-01-02T03:05:06.000Z'],
    ]);
  });
});

test('every version and mode is accepted at the moment it was signed', async () => {
  for (const version of versions) {
    for (const mode of modes) {
      expect(await outcome(signed(version, mode), verifier())).toBe('accepted');
    }
  }
});
