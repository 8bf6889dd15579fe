// Dates and lifetimes of signatures: every wrong form is refused by its own EC, the window ends
// where it should (signing reference §2.2, §3.4; choices rows 1, 2, 6).
import { defaultHashes, encodeComponent, parseTimestamp, signV1, signV4 } from '@osskeep/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  rootKey,
  startGateway,
  startMs,
} from '../support/gateway-under-test.ts';
import { type RawResponse, requestBytes } from '../support/raw-http.ts';

let gateway: GatewayUnderTest;
const hashes = defaultHashes();
const key = 'k.txt';
const target = `/${bucket}/${key}`;

beforeAll(async () => {
  gateway = await startGateway();
  const stored = await gateway.signed({
    method: 'PUT',
    target,
    bucket,
    key,
    body: Buffer.from('hello'),
  });
  expect(stored.status).toBe(200);
});

beforeEach(() => gateway.clock.set(startMs));

afterAll(async () => {
  gateway.clock.set(startMs);
  await gateway.expectHealthy();
  await gateway.server.stop();
});

type Headers = readonly (readonly [string, string])[];

function getWith(version: 'V1' | 'V4', dates: Headers): Promise<RawResponse> {
  const { region } = gateway.server;
  const headers: Headers =
    version === 'V1' ? dates : [...dates, ['x-oss-content-sha256', 'UNSIGNED-PAYLOAD']];
  // The V4 signer wants a date it can read; where the server cannot either, any signature will do.
  const readable = parseTimestamp(dates[0]?.[1] ?? '') !== undefined;
  const signed: Headers = readable ? headers : [['x-oss-date', '20260115T120000Z']];
  const request = { method: 'GET', bucket, key, query: [] };
  const { authorization } =
    version === 'V1'
      ? signV1({ ...request, headers }, rootKey, hashes)
      : signV4({ ...request, headers: signed }, { ...rootKey, region }, hashes);
  return gateway.raw(
    requestBytes({
      target,
      headers: [['Host', gateway.host], ...headers, ['Authorization', authorization]],
    }),
  );
}

/** Which of the two stands for which form no source tells (signing reference §7.2). */
const unreadable = /^0002-0000050[25]$/;

const wrongForms = [
  'yesterday',
  '0',
  '1768478400',
  '2026-01-15T12:00:00Z',
  '20260115T120000',
  '20260115120000Z',
  '20260115T1200Z',
  '20261315T120000Z',
  '20260230T120000Z',
  '20260115T250000Z',
  'Thu, 15 Jan 2026 12:00:00 +0000',
  'Thu, 15 Jan 2026 12:00:00',
  'Thu, 15 Jan 26 12:00:00 GMT',
  'Thu, 15 January 2026 12:00:00 GMT',
  'Fri, 15 Jan 2026 12:00:00 GMT',
  'thu, 15 jan 2026 12:00:00 gmt',
  'Thursday, 15-Jan-26 12:00:00 GMT',
  'Thu Jan 15 12:00:00 2026',
  'Mon, 30 Feb 2026 12:00:00 GMT',
] as const;

describe('the date of a header signature', () => {
  const malformed = { status: 403, code: 'AccessDenied', ec: unreadable };
  const message = 'OSS authentication requires a valid Date.';

  test.each(wrongForms)('%s', async (text) => {
    for (const version of ['V1', 'V4'] as const) {
      for (const name of ['Date', 'x-oss-date']) {
        const response = await getWith(version, [[name, text]]);
        expectRefusal(response, { ...malformed, message });
      }
    }
  });

  test.each(['V1', 'V4'] as const)('%s without a date', async (version) => {
    const missing = { status: 403, code: 'AccessDenied', ec: '0002-00000503', message };
    expectRefusal(await getWith(version, []), missing);
    expectRefusal(await getWith(version, [['x-oss-date', '']]), missing);
  });

  test.each([-900_000, -899_000, 0, 899_000, 900_000])('off by %d ms works', async (offMs) => {
    const date = new Date(startMs).toUTCString();
    gateway.clock.set(startMs + offMs);
    for (const name of ['Date', 'x-oss-date']) {
      expect((await getWith('V1', [[name, date]])).status).toBe(200);
    }
    expect((await getWith('V4', [['x-oss-date', '20260115T120000Z']])).status).toBe(200);
  });

  test.each([
    [-901_000, '2026-01-15T11:44:59.000Z'],
    [901_000, '2026-01-15T12:15:01.000Z'],
    [86_400_000, '2026-01-16T12:00:00.000Z'],
  ])('off by %d ms is too far', async (offMs, serverTime) => {
    gateway.clock.set(startMs + offMs);
    const refusal = {
      status: 403,
      code: 'RequestTimeTooSkewed',
      ec: '0002-00000504',
      elements: {
        MaxAllowedSkewMilliseconds: '900000',
        RequestTime: '2026-01-15T12:00:00.000Z',
        ServerTime: serverTime,
      },
    };
    expectRefusal(await getWith('V1', [['Date', new Date(startMs).toUTCString()]]), refusal);
    const response = await getWith('V4', [['x-oss-date', '20260115T120000Z']]);
    expectRefusal(response, refusal);
    // Clients that mend their clock do it by this header.
    const date = new Date(startMs + offMs).toUTCString();
    expect(response.headers.get('date')).toBe(date);
  });

  test('the date of the scope must be the day of the request', async () => {
    const { authorization } = signV4(
      { method: 'GET', bucket, key, query: [], headers: [['x-oss-date', '20260114T235959Z']] },
      { ...rootKey, region: gateway.server.region },
      hashes,
    );
    const response = await gateway.raw(
      requestBytes({
        target,
        headers: [
          ['Host', gateway.host],
          ['x-oss-date', '20260115T120000Z'],
          ['x-oss-content-sha256', 'UNSIGNED-PAYLOAD'],
          ['Authorization', authorization],
        ],
      }),
    );
    const refusal = { status: 400, code: 'InvalidArgument', ec: '0002-00000212' };
    expectRefusal(response, refusal);
  });
});

describe('the date and lifetime of a V4 URL', () => {
  const get = (parameters: Readonly<Record<string, string | undefined>>): Promise<RawResponse> => {
    const all: Record<string, string | undefined> = {
      'x-oss-signature-version': 'OSS4-HMAC-SHA256',
      'x-oss-credential': `${rootKey.accessKeyId}/20260115/cn-hangzhou/oss/aliyun_v4_request`,
      'x-oss-date': '20260115T120000Z',
      'x-oss-expires': '600',
      'x-oss-signature': '0'.repeat(64),
      ...parameters,
    };
    const query = Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeComponent(value ?? '')}`)
      .join('&');
    const headers = [['Host', gateway.host]] as const;
    return gateway.raw(requestBytes({ target: `${target}?${query}`, headers }));
  };

  test.each([...wrongForms, 'Thu, 15 Jan 2026 12:00:00 GMT'])('date %s', async (text) => {
    const refusal = { status: 403, code: 'AccessDenied', ec: unreadable };
    expectRefusal(await get({ 'x-oss-date': text }), refusal);
  });

  test.each([undefined, ''])('date %j', async (text) => {
    const refusal = { status: 403, code: 'AccessDenied', ec: '0002-00000503' };
    expectRefusal(await get({ 'x-oss-date': text }), refusal);
  });

  test.each(['-1', '0', '1.5', '1e3', '604801', '+1', ' 1', '0x10', 'NaN', '9'.repeat(30)])(
    'x-oss-expires %j',
    async (text) => {
      expectRefusal(await get({ 'x-oss-expires': text }), {
        status: 400,
        code: 'InvalidArgument',
        ec: '0002-00000232',
        elements: { ArgumentName: 'x-oss-expires', ArgumentValue: text },
      });
    },
  );

  test.each([
    ['x-oss-expires', '', '0002-00000216'],
    ['x-oss-expires', undefined, '0002-00000215'],
    ['x-oss-credential', '', '0002-00000218'],
    ['x-oss-credential', undefined, '0002-00000217'],
    ['x-oss-signature', '', '0002-00000220'],
    ['x-oss-signature', undefined, '0002-00000219'],
    ['x-oss-credential', 'a/b/c', '0002-00000224'],
    ['x-oss-credential', 'ak/2026/cn-hangzhou/oss/aliyun_v4_request', '0002-00000223'],
    ['x-oss-additional-headers', '', '0002-00000076'],
    ['x-oss-additional-headers', 'range', '0002-00000077'],
  ])('%s %j', async (name, value, ec) => {
    const refusal = { status: 400, code: 'InvalidArgument', ec };
    expectRefusal(await get({ [name]: value }), refusal);
  });

  test.each([
    [
      `${rootKey.accessKeyId}/20260114/cn-hangzhou/oss/aliyun_v4_request`,
      400,
      'InvalidArgument',
      '0002-00000212',
    ],
    [
      `${rootKey.accessKeyId}/20260115/cn-beijing/oss/aliyun_v4_request`,
      400,
      'InvalidArgument',
      '0002-00000226',
    ],
    [
      `${rootKey.accessKeyId}/20260115/cn-hangzhou/s3/aliyun_v4_request`,
      400,
      'InvalidArgument',
      '0002-00000227',
    ],
    [
      'nobody/20260115/cn-hangzhou/oss/aliyun_v4_request',
      403,
      'InvalidAccessKeyId',
      '0002-00000902',
    ],
  ])('credential %s', async (credential, status, code, ec) => {
    expectRefusal(await get({ 'x-oss-credential': credential }), { status, code, ec });
  });
});

describe('the end of a V1 URL', () => {
  test.each([
    ['Expires=abc', '0002-00000070'],
    ['Expires=-1', '0002-00000070'],
    ['Expires=1.5', '0002-00000070'],
    ['Expires=', '0002-00000068'],
    ['', '0002-00000067'],
    ['Expires=1000', '0002-00000069'],
  ])('%s', async (expires, ec) => {
    const query = `OSSAccessKeyId=${rootKey.accessKeyId}&Signature=x&${expires}`;
    const headers = [['Host', gateway.host]] as const;
    const response = await gateway.raw(requestBytes({ target: `${target}?${query}`, headers }));
    expectRefusal(response, { status: 403, code: 'AccessDenied', ec });
  });
});
