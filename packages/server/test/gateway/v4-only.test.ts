// Buckets that take only version 4. Why one would: a V1 signature for the key `a?acl` is also one for `?acl`
// of the key `a` (choices row 7, security checklist 7).
import { defaultHashes, encodeComponent, presignV1, signV1 } from '@osskeep/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  rootKey,
  startGateway,
} from '../support/gateway-under-test.ts';
import { type RawResponse, requestBytes } from '../support/raw-http.ts';

let gateway: GatewayUnderTest;
afterEach(() => gateway.server.stop());

async function start(v4Only: string[]): Promise<void> {
  gateway = await startGateway({ v4Only });
  for (const key of ['a', 'a?acl']) {
    const target = `/${bucket}/${encodeComponent(key)}`;
    const put = { method: 'PUT', target, bucket, key, body: Buffer.from(key) };
    expect((await gateway.signed(put, quick)).status).toBe(200);
  }
}

/** A V1 link for `key`, sent to `path`. */
function v1(key: string, path: string): Promise<RawResponse> {
  const expires = Math.floor(gateway.clock.now() / 1000) + 600;
  const request = { method: 'GET', bucket, key, query: [], headers: [] };
  const { query } = presignV1(request, { expires }, rootKey, defaultHashes());
  const pairs = query.map(([name, value]) => `${name}=${encodeComponent(value)}`).join('&');
  const target = `/${bucket}/${path}${path.includes('?') ? '&' : '?'}${pairs}`;
  return gateway.raw(requestBytes({ target, headers: [['Host', gateway.host]] }), quick);
}

const refused = { status: 403, code: 'AccessDenied', message: /signed with version 4/ } as const;

describe.each([[[bucket]], [['*']], [['other-bucket', bucket]]])('set for %o', (v4Only) => {
  test('older signatures are refused in links and headers, version 4 is not', async () => {
    await start(v4Only);
    expectRefusal(await v1('a', 'a'), refused);
    const date = new Date(gateway.clock.now()).toUTCString();
    const headers: [string, string][] = [['Date', date]];
    const request = { method: 'GET', bucket, key: 'a', query: [], headers };
    const { authorization } = signV1(request, rootKey, defaultHashes());
    const sent = requestBytes({
      target: `/${bucket}/a`,
      headers: [['Host', gateway.host], ...headers, ['Authorization', authorization]],
    });
    expectRefusal(await gateway.raw(sent, quick), refused);
    expect((await gateway.link({ key: 'a' })).text).toBe('a');
    expect((await gateway.signed({ target: `/${bucket}/a`, bucket, key: 'a' }, quick)).text).toBe(
      'a',
    );
  });

  test('checklist 07: a link for the key a?acl does not open ?acl of a', async () => {
    await start(v4Only);
    expectRefusal(await v1('a?acl', 'a?acl'), refused);
  });

  test('a wrong signature is told so, and not that another version is wanted', async () => {
    await start(v4Only);
    expectRefusal(await v1('b', 'a'), { status: 403, code: 'SignatureDoesNotMatch' });
  });
});

test('without it, or set for another bucket, they are taken', async () => {
  await start(['other-bucket']);
  expect((await v1('a', 'a')).text).toBe('a');
});
