// Cross-origin rules: what PutBucketCors takes, and which requests a configuration lets through
// (operations reference T1-09, T1-21, §3.11).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OssError } from '../../src/errors/oss-error.ts';
import {
  type CorsRequest,
  type CorsRule,
  checkCorsRules,
  corsMethods,
  corsRulesMax,
  evaluateCors,
} from '../../src/http/index.ts';
import { encodeResponse, optionObject } from '../../src/operations/index.ts';

const rule = (given: Partial<CorsRule> = {}): CorsRule => ({
  allowedOrigins: ['https://www.example.com'],
  allowedMethods: ['GET'],
  allowedHeaders: [],
  exposeHeaders: [],
  ...given,
});

const ask = (given: Partial<CorsRequest> = {}): CorsRequest => ({
  origin: 'https://www.example.com',
  method: 'GET',
  ...given,
});

function refusal(rules: readonly CorsRule[]): OssError | undefined {
  try {
    checkCorsRules(rules);
  } catch (error) {
    if (error instanceof OssError) return error;
    throw error;
  }
  return undefined;
}

describe('rules that are refused', () => {
  test('none at all', () => {
    const error = refusal([]);
    expect(error).toMatchObject({ code: 'MalformedXML', status: 400, ec: '0034-00000002' });
    expect(error?.details['ErrorDetail']).toContain('no CORSRule');
  });

  test('more than the limit, which itself is fine', () => {
    const many = Array.from({ length: corsRulesMax }, () => rule());
    expect(refusal(many)).toBeUndefined();
    expect(corsRulesMax).toBe(20);
    expect(refusal([...many, rule()])).toMatchObject({
      code: 'CORSRuleBeyondLimit',
      status: 400,
      ec: '0034-00000006',
    });
  });

  test.each([
    ['AllowedOrigin', '', rule({ allowedOrigins: [] }), undefined],
    ['AllowedMethod', '', rule({ allowedMethods: [] }), undefined],
    ['AllowedOrigin', '', rule({ allowedOrigins: [''] }), undefined],
    ['AllowedHeader', '', rule({ allowedHeaders: ['a', ''] }), undefined],
    ['ExposeHeader', '', rule({ exposeHeaders: [''] }), undefined],
    [
      'AllowedOrigin',
      'https://*.example.*',
      rule({ allowedOrigins: ['*', 'https://*.example.*'] }),
      '0034-00000009',
    ],
    ['AllowedHeader', 'x-*-*', rule({ allowedHeaders: ['x-*', 'x-*-*'] }), undefined],
    ['ExposeHeader', 'x-oss-*', rule({ exposeHeaders: ['x-oss-*'] }), '0034-00000013'],
    ['AllowedOrigin', 'a?b', rule({ allowedOrigins: ['a\nb'] }), undefined],
    ['AllowedHeader', 'a??b', rule({ allowedHeaders: ['a\r\nb'] }), undefined],
    ['ExposeHeader', 'a?', rule({ exposeHeaders: ['a\x7f'] }), undefined],
    ['ExposeHeader', 'a\ufffd', rule({ exposeHeaders: ['a\ud800'] }), undefined],
  ])('%s %s', (name, value, given, ec) => {
    const error = refusal([rule(), given]);
    expect(error).toMatchObject({ code: 'InvalidArgument', status: 400, ec });
    expect(error?.details).toEqual({ ArgumentName: name, ArgumentValue: value });
    expect(error?.message).toMatch(/must/);
  });
});

describe('origins', () => {
  test.each([
    ['https://www.example.com', 'https://www.example.com'],
    ['https://WWW.example.com', 'https://www.Example.com'],
    ['https://*.example.com', 'https://a.b.example.com'],
    ['http://localhost:*', 'http://localhost:5173'],
    ['http*://www.example.com', 'https://www.example.com'],
    ['null', 'null'],
    ['*', 'null'],
    ['*', 'https://anything.test'],
  ])('%s lets %s in', (pattern, origin) => {
    const match = evaluateCors({ rules: [rule({ allowedOrigins: [pattern] })] }, ask({ origin }));
    expect(match?.allowOrigin).toBe(pattern === '*' ? '*' : origin);
  });

  test.each([
    ['https://example.com', 'https://example.com.evil.test'],
    ['https://example.com', 'https://evil-example.com'],
    ['https://example.com', 'https://www.example.com'],
    ['https://example.com', 'http://example.com'],
    ['https://example.com', 'https://example.com:8443'],
    ['https://example.com', 'https://example.co'],
    ['https://example.com', 'https://example.com/'],
    ['https://example.com', ''],
    ['https://*.example.com', 'https://example.com'],
    ['https://*.example.com', 'https://a.example.com.evil.test'],
    ['https://*.example.com', 'https://a.example.com:8443'],
    ['https://a*a.test', 'https://a.test'],
    ['https://example.com', '*'],
    ['https://a.b', 'https://a-b'],
  ])('%s keeps %s out', (pattern, origin) => {
    const rules = [rule({ allowedOrigins: [pattern] })];
    expect(evaluateCors({ rules }, ask({ origin }))).toBeUndefined();
  });

  test('one of several, also with * among them', () => {
    const rules = [rule({ allowedOrigins: ['https://a.test', '*'] })];
    expect(evaluateCors({ rules }, ask({ origin: 'https://a.test' }))?.allowOrigin).toBe('*');
  });
});

describe('methods and headers', () => {
  test('a method is compared exactly', () => {
    const rules = [rule({ allowedMethods: ['GET', 'PUT'] })];
    expect(evaluateCors({ rules }, ask({ method: 'PUT' }))?.allowMethods).toEqual(['GET', 'PUT']);
    for (const method of ['get', 'HEAD', 'OPTIONS', 'GETX', '']) {
      expect(evaluateCors({ rules }, ask({ method }))).toBeUndefined();
    }
  });

  test.each([
    [['x-oss-date'], 'X-OSS-Date', ['X-OSS-Date']],
    [['X-OSS-*'], 'x-oss-date, x-oss-meta-a', ['x-oss-date', 'x-oss-meta-a']],
    [['*'], ' a ,,B, b ', ['a', 'B']],
    [['content-type', 'range'], 'Range', ['Range']],
    [[], '', []],
    [[], undefined, []],
    [[], ' , ', []],
  ])('%j allow %j', (allowedHeaders, requestHeaders, allowHeaders) => {
    const match = evaluateCors({ rules: [rule({ allowedHeaders })] }, ask({ requestHeaders }));
    expect(match?.allowHeaders).toEqual(allowHeaders);
  });

  test.each([
    [[], 'range'],
    [['range'], 'range, content-type'],
    [['x-oss-*'], 'oss-x'],
    [['x-oss-*'], 'x-oss'],
    [['rang'], 'range'],
    [['range'], 'rang'],
  ])('%j do not allow %j', (allowedHeaders, requestHeaders) => {
    const rules = [rule({ allowedHeaders })];
    expect(evaluateCors({ rules }, ask({ requestHeaders }))).toBeUndefined();
  });

  test('more headers than a request may have are never allowed', () => {
    const names = (count: number) => Array.from({ length: count }, (_, i) => `h${i}`).join(',');
    const rules = [rule({ allowedHeaders: ['*'] })];
    expect(evaluateCors({ rules }, ask({ requestHeaders: names(200) }))).toBeDefined();
    expect(evaluateCors({ rules }, ask({ requestHeaders: names(201) }))).toBeUndefined();
  });

  test('what the rule says of answers comes with it', () => {
    const rules = [rule({ exposeHeaders: ['ETag'], maxAgeSeconds: 0 })];
    expect(evaluateCors({ rules }, ask())).toEqual({
      allowOrigin: 'https://www.example.com',
      allowMethods: ['GET'],
      allowHeaders: [],
      exposeHeaders: ['ETag'],
      maxAgeSeconds: 0,
    });
  });
});

test('the first rule that matches wins, not the first that has the origin', () => {
  const rules = [
    rule({ allowedMethods: ['PUT'], exposeHeaders: ['one'] }),
    rule({ allowedOrigins: ['*'], exposeHeaders: ['two'] }),
    rule({ exposeHeaders: ['three'] }),
  ];
  expect(evaluateCors({ rules }, ask())?.exposeHeaders).toEqual(['two']);
  expect(evaluateCors({ rules: [] }, ask())).toBeUndefined();
});

// A small alphabet, so that patterns and texts meet often.
const text = fc.stringMatching(/^[abA:/.]{0,6}$/);
const pattern = fc.oneof(
  text.filter((given) => given !== ''),
  fc.tuple(text, text).map(([before, after]) => `${before}*${after}`),
);
const name = fc.stringMatching(/^[abA-]{1,3}$/);
const anyRule: fc.Arbitrary<CorsRule> = fc.record({
  allowedOrigins: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  allowedMethods: fc.uniqueArray(fc.constantFrom(...corsMethods), { minLength: 1 }),
  allowedHeaders: fc.array(fc.oneof(name, fc.constantFrom('*', 'a*', '*b')), { maxLength: 3 }),
  exposeHeaders: fc.array(name, { maxLength: 2 }),
  maxAgeSeconds: fc.option(fc.nat(), { nil: undefined }),
});
const anyRequest: fc.Arbitrary<CorsRequest> = fc.record({
  origin: text,
  method: fc.constantFrom(...corsMethods),
  requestHeaders: fc.option(
    fc.array(name, { maxLength: 3 }).map((names) => names.join(', ')),
    { nil: undefined },
  ),
});

/** Another way to say the same. */
function oracle(given: string, candidate: string): boolean {
  const parts = given.split('*').map((part) => part.replace(/[^A-Za-z0-9]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(candidate);
}

function expected(one: CorsRule, request: CorsRequest): boolean {
  const headers = (request.requestHeaders ?? '').split(', ').filter((part) => part !== '');
  return (
    one.allowedMethods.some((method) => method === request.method) &&
    one.allowedOrigins.some((origin) => oracle(origin, request.origin)) &&
    headers.every((header) => one.allowedHeaders.some((allowed) => oracle(allowed, header)))
  );
}

describe('properties', () => {
  test('a rule matches when origin, method and every header do', () => {
    fc.assert(
      fc.property(anyRule, anyRequest, (one, request) => {
        expect(evaluateCors({ rules: [one] }, request) !== undefined).toBe(expected(one, request));
      }),
      { numRuns: 3000 },
    );
  });

  test('several rules answer as the first of them that matches alone', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), anyRequest, (rules, request) => {
        const alone = rules.map((one) => evaluateCors({ rules: [one] }, request));
        expect(evaluateCors({ rules }, request)).toEqual(alone.find((match) => match));
      }),
      { numRuns: 1000 },
    );
  });

  test('an origin without * in its rule is never let in by a part', () => {
    const word = fc.stringMatching(/^[a-z:/.]{1,8}$/);
    fc.assert(
      fc.property(word, word, (allowed, more) => {
        const rules = [rule({ allowedOrigins: [allowed] })];
        for (const origin of [allowed + more, more + allowed, allowed.slice(1)]) {
          expect(evaluateCors({ rules }, ask({ origin }))).toBeUndefined();
        }
      }),
    );
  });

  test('what the check lets through can be answered', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 3 }),
        fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 3 }),
        (allowedOrigins, exposeHeaders) => {
          const rules = [rule({ allowedOrigins, exposeHeaders })];
          fc.pre(refusal(rules) === undefined);
          for (const origin of allowedOrigins) {
            const match = evaluateCors({ rules }, ask({ origin }));
            const { headers } = encodeResponse(optionObject, { ...match });
            expect(headers.get('access-control-allow-origin')).toBe(
              allowedOrigins.includes('*') ? '*' : origin,
            );
          }
        },
      ),
    );
  });
});
