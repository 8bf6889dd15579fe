// Where the real service is stricter: path style on named hosts, web pages on its own domain, HEAD with
// a link made for GET. Signatures and permissions are the same in both (choices §7).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  startGateway,
} from '../support/gateway-under-test.ts';

const official = 'oss-cn-hangzhou.aliyuncs.com';
const warning = 'x-osskeep-warning';
const key = 'page.html';
const custom = 'static.example.com';

async function start(options: Parameters<typeof startGateway>[0]): Promise<GatewayUnderTest> {
  const gateway = await startGateway({ ...options, cnames: { [custom]: bucket } });
  for (const [name, type] of [
    [key, 'text/html; charset=utf-8'],
    ['picture.svg', 'image/svg+xml'],
    ['plain.txt', 'text/plain'],
  ] as const) {
    const target = `/${bucket}/${name}`;
    const headers = [
      ['Content-Type', type],
      ['Content-Disposition', 'inline'],
    ] as const;
    const put = { method: 'PUT', target, bucket, key: name, headers, body: Buffer.from('<p>') };
    expect((await gateway.signed(put, quick)).status).toBe(200);
  }
  return gateway;
}

describe('strict', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await start({ parity: 'strict' });
  });
  afterAll(() => gateway.server.stop());

  test('path style is refused on named hosts, and taken on addresses and localhost', async () => {
    const refused = { status: 403, code: 'SecondLevelDomainForbidden' };
    expectRefusal(await gateway.link({ host: official, key: 'plain.txt' }), refused);
    expectRefusal(await gateway.anonymous({ host: official, target: `/${bucket}` }), refused);
    for (const host of [gateway.host, `localhost:${gateway.server.port}`]) {
      expect((await gateway.link({ host, key: 'plain.txt' })).status).toBe(200);
    }
    const host = `${bucket}.${official}`;
    expect((await gateway.link({ host, path: '/plain.txt', key: 'plain.txt' })).status).toBe(200);
  });

  test.each([key, 'picture.svg'])(
    '%s is saved on the own domain, shown on a custom one',
    async (name) => {
      for (const link of [
        { key: name },
        { key: name, host: `${bucket}.${official}`, path: `/${name}` },
      ]) {
        const own = await gateway.link(link);
        expect(own.headers.get('content-disposition')).toBe('attachment');
        expect(own.headers.get('x-oss-force-download')).toBe('true');
      }
      const shown = await gateway.link({ key: name, host: custom, path: `/${name}` });
      expect(shown.headers.get('content-disposition')).toBe('inline');
      expect(shown.headers.has('x-oss-force-download')).toBe(false);
    },
  );

  test('what a link asks for does not change that, and other types are as stored', async () => {
    const query = [['response-content-disposition', 'inline']] as const;
    const asked = await gateway.link({ key, query });
    expect(asked.headers.get('content-disposition')).toBe('attachment');
    const typed = [['response-content-type', 'text/html']] as const;
    const made = await gateway.link({ key: 'plain.txt', query: typed });
    expect(made.headers.get('x-oss-force-download')).toBe('true');
    const plain = await gateway.link({ key: 'plain.txt' });
    expect(plain.headers.get('content-disposition')).toBe('inline');
  });
});

describe('friendly', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await start({});
  });
  afterAll(() => gateway.server.stop());

  test('does both, and says what the real service would do', async () => {
    const byPath = await gateway.link({ host: official, key: 'plain.txt' });
    expect(byPath.status).toBe(200);
    expect(byPath.headers.get(warning)).toMatch(/path style/);
    const own = await gateway.link({ key });
    expect(own.headers.get('content-disposition')).toBe('inline');
    expect(own.headers.get(warning)).toMatch(/custom domain/);
    expect((await gateway.link({ key: 'plain.txt' })).headers.has(warning)).toBe(false);
    const shown = await gateway.link({ key, host: custom, path: `/${key}` });
    expect(shown.headers.has(warning)).toBe(false);
  });

  test('HEAD with a link for GET is refused', async () => {
    expectRefusal(await gateway.link({ key, method: 'HEAD' }), {
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });
});

describe('HEAD on links for GET', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await start({ headOnGetLinks: true });
  });
  afterAll(() => gateway.server.stop());

  test('answers as HEAD does, and nothing else opens', async () => {
    const head = await gateway.link({ key, method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.body.length]).toEqual([
      200,
      '3',
      0,
    ]);
    for (const method of ['PUT', 'DELETE', 'POST']) {
      expect((await gateway.link({ key, method })).status).toBe(403);
    }
    expect((await gateway.link({ key: 'missing', method: 'HEAD' })).status).toBe(404);
  });

  test('neither an expired link nor a changed one', async () => {
    const changed = await gateway.link({ key, method: 'HEAD', path: `/${bucket}/plain.txt` });
    expectRefusal(changed, { status: 403, code: 'SignatureDoesNotMatch' });
  });
});
