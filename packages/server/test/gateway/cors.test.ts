// CORS: the rules' operations, preflights, and what is added to ordinary answers and to refusals.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  startGateway,
} from '../support/gateway-under-test.ts';
import { element, type RawResponse } from '../support/raw-http.ts';

let gateway: GatewayUnderTest;
const page = 'https://www.example.com';

beforeAll(async () => {
  gateway = await startGateway();
  const put = { method: 'PUT', target: `/${bucket}/key`, bucket, key: 'key' };
  await gateway.signed({ ...put, body: Buffer.from('for a page') }, quick);
});

afterAll(() => gateway.server.stop());

function cors(method: string, body?: string): Promise<RawResponse> {
  const bytes = body === undefined ? {} : { body: Buffer.from(body) };
  return gateway.signed({ method, target: `/${bucket}?cors`, bucket, ...bytes }, quick);
}

const rule = (origin: string, more = ''): string =>
  `<CORSRule><AllowedOrigin>${origin}</AllowedOrigin><AllowedMethod>GET</AllowedMethod>${more}` +
  '</CORSRule>';
const setRules = (...rules: readonly string[]): Promise<RawResponse> =>
  cors('PUT', `<CORSConfiguration>${rules.join('')}</CORSConfiguration>`);

const preflight = (
  origin: string | undefined,
  method: string | undefined,
  headers?: string,
  target = `/${bucket}/key`,
): Promise<RawResponse> =>
  gateway.anonymous({
    method: 'OPTIONS',
    target,
    headers: [
      ...(origin === undefined ? [] : [['Origin', origin] as const]),
      ...(method === undefined ? [] : [['Access-Control-Request-Method', method] as const]),
      ...(headers === undefined ? [] : [['Access-Control-Request-Headers', headers] as const]),
    ],
  });

const get = (origin?: string): Promise<RawResponse> =>
  gateway.link({ key: 'key', headers: origin === undefined ? [] : [['Origin', origin]] });

const allowed = 'access-control-allow-origin';

describe('without rules', () => {
  test('nothing is added, preflights are refused, and there are none to read', async () => {
    const answer = await get(page);
    expect(answer.status).toBe(200);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
    expect(answer.headers.has('vary')).toBe(false);
    expectRefusal(await preflight(page, 'GET'), {
      status: 403,
      code: 'AccessForbidden',
      message: 'CORSResponse: CORS is not enabled for this bucket.',
      elements: { Method: 'GET', ResourceType: 'OBJECT' },
    });
    expectRefusal(await cors('GET'), {
      status: 404,
      code: 'NoSuchCORSConfiguration',
      message: 'The CORS Configuration does not exist.',
    });
    expect((await cors('DELETE')).status).toBe(204);
  });
});

describe('with rules', () => {
  beforeAll(async () => {
    const set = await setRules(
      rule(
        page,
        '<AllowedMethod>PUT</AllowedMethod><AllowedHeader>x-oss-*</AllowedHeader>' +
          '<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-oss-request-id</ExposeHeader>' +
          '<MaxAgeSeconds>100</MaxAgeSeconds>',
      ),
      rule('https://*.example.com', '<MaxAgeSeconds>200</MaxAgeSeconds>'),
    );
    expect(set.status).toBe(200);
  });

  test('they are read back as they were set', async () => {
    const { text } = await cors('GET');
    expect([...text.matchAll(/<AllowedOrigin>([^<]*)/g)].map(([, origin]) => origin)).toEqual([
      page,
      'https://*.example.com',
    ]);
    expect(element(text, 'MaxAgeSeconds')).toBe('100');
  });

  test('the first that matches answers, on success and on refusal', async () => {
    const first = await get(page);
    expect(first.text).toBe('for a page');
    expect(first.headers.get(allowed)).toBe(page);
    expect(first.headers.get('access-control-allow-methods')).toBe('GET, PUT');
    expect(first.headers.get('access-control-expose-headers')).toBe('ETag, x-oss-request-id');
    expect(first.headers.get('access-control-max-age')).toBe('100');
    expect(first.headers.get('vary')).toBe('Origin');
    expect(first.headers.has('access-control-allow-credentials')).toBe(false);
    const second = await get('https://other.example.com');
    expect(second.headers.get('access-control-max-age')).toBe('200');
    const refused = await gateway.anonymous({
      target: `/${bucket}/key`,
      headers: [['Origin', page]],
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.get(allowed)).toBe(page);
  });

  test.each([
    'https://www.example.com.evil.test',
    'http://www.example.com',
    'https://www.example.com:8443',
    'https://example.com',
    'null',
  ])('a page of %s gets the bytes without leave to read them', async (origin) => {
    const answer = await get(origin);
    expect(answer.status).toBe(200);
    expect(answer.headers.has(allowed)).toBe(false);
    expect(answer.headers.get('vary')).toBe('Origin');
    expectRefusal(await preflight(origin, 'GET'), {
      status: 403,
      code: 'AccessForbidden',
      message: /^CORSResponse: This CORS request is not allowed\./,
    });
  });

  test('a request without an Origin gets nothing', async () => {
    const answer = await get();
    expect(answer.headers.has(allowed)).toBe(false);
    expect(answer.headers.has('vary')).toBe(false);
  });

  test('a preflight: whatever the URL says, without credentials', async () => {
    for (const target of [`/${bucket}/key`, `/${bucket}/key?acl`, `/${bucket}/missing`]) {
      const answer = await preflight(page, 'PUT', 'x-oss-date, X-OSS-Meta-a', target);
      expect(answer.status).toBe(200);
      expect(answer.headers.get(allowed)).toBe(page);
      expect(answer.headers.get('access-control-allow-methods')).toBe('GET, PUT');
      expect(answer.headers.get('access-control-allow-headers')).toBe('x-oss-date, X-OSS-Meta-a');
      expect(answer.headers.get('access-control-max-age')).toBe('100');
      expect(answer.headers.get('vary')).toBe('Origin');
      expect(answer.headers.get('x-oss-request-id')).toMatch(/^[0-9A-F]{24}$/);
    }
    const bucketLevel = await preflight(page, 'GET', undefined, `/${bucket}?list-type=2`);
    expect(bucketLevel.status).toBe(200);
  });

  test('a preflight that asks for more, or not properly', async () => {
    expect((await preflight(page, 'DELETE')).status).toBe(403);
    expect((await preflight(page, 'PUT', 'x-oss-date, authorization')).status).toBe(403);
    expectRefusal(await preflight(undefined, 'GET'), { status: 400, code: 'BadRequest' });
    expectRefusal(await preflight(page, undefined), { status: 400, code: 'BadRequest' });
    expectRefusal(await preflight(page, 'GET', undefined, '/no-such-bucket/key'), {
      status: 404,
      code: 'NoSuchBucket',
    });
  });
});

test('ResponseVary is said to every request', async () => {
  const vary = '<ResponseVary>true</ResponseVary>';
  const body = `<CORSConfiguration>${rule('*')}${vary}</CORSConfiguration>`;
  expect((await cors('PUT', body)).status).toBe(200);
  expect((await get()).headers.get('vary')).toBe('Origin');
  const any = await get('https://anywhere.test');
  expect(any.headers.get(allowed)).toBe('*');
  expect(any.headers.has('access-control-allow-credentials')).toBe(false);
});

describe('rules that are refused', () => {
  test.each([
    ['21 of them', Array.from({ length: 21 }, () => rule('*')).join(''), 'CORSRuleBeyondLimit'],
    ['none', '', 'MalformedXML'],
    ['two wildcards', rule('https://*.*.com'), 'InvalidArgument'],
    ['a line end', rule('https://a.test&#13;&#10;X: y'), 'InvalidArgument'],
    ['an unknown method', rule('*', '<AllowedMethod>PATCH</AllowedMethod>'), 'InvalidArgument'],
    ['a negative age', rule('*', '<MaxAgeSeconds>-1</MaxAgeSeconds>'), 'InvalidArgument'],
    [
      'a line end in a header',
      rule('*', '<ExposeHeader>a&#10;b</ExposeHeader>'),
      'InvalidArgument',
    ],
    ['no origin', '<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>', 'InvalidArgument'],
  ])('%s', async (_, rules, code) => {
    const before = (await cors('GET')).text;
    expectRefusal(await setRules(rules), { status: 400, code });
    expect((await cors('GET')).text).toBe(before);
  });

  test('a document over 16 KiB', async () => {
    const long = rule(`https://${'a'.repeat(17_000)}.test`);
    expect((await setRules(long)).status).toBe(400);
  });
});

test('removed, they count no more', async () => {
  await setRules(rule('*'));
  expect((await get(page)).headers.get(allowed)).toBe('*');
  expect((await cors('DELETE')).status).toBe(204);
  expect((await get(page)).headers.has(allowed)).toBe(false);
});
