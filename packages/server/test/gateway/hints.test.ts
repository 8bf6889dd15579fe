// Where a hint stands in an answer, and that the gateway gives one only beside a refusal. What hints say is
// in packages/protocol/test/signing/explain, and for links of official SDKs in conformance/seed.
import { defaultHashes, encodeComponent, presignV4 } from '@osskeep/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bucket,
  errorDocument,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  rootKey,
  startGateway,
} from '../support/gateway-under-test.ts';
import { element, type RawResponse, requestBytes } from '../support/raw-http.ts';

type Pairs = readonly (readonly [string, string])[];

const key = 'exampleobject.txt';
const target = `/${bucket}/${key}`;
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway({ blockPublicAccess: false });
  const body = Buffer.from('hello');
  await gateway.signed({ method: 'PUT', target, bucket, key, body }, quick);
});

afterAll(() => gateway.server.stop());

function presign(query: Pairs = []): Pairs {
  const request = { method: 'GET', bucket, key, query, headers: [] };
  const lifetime = { date: '20260115T120000Z', expires: 600 };
  const signer = { ...rootKey, region: gateway.server.region };
  return [...query, ...presignV4(request, lifetime, signer, defaultHashes()).query];
}

function send(pairs: Pairs, method = 'GET'): Promise<RawResponse> {
  const query = pairs.map(([name, value]) => `${name}=${encodeComponent(value)}`).join('&');
  const headers: Pairs = [['Host', gateway.host]];
  return gateway.raw(requestBytes({ method, target: `${target}?${query}`, headers }), quick);
}

const lostVersion =
  'The link lost its x-oss-signature-version and was read as not signed: send it as it was made.';

test('a hint stands in a header and in the document, on HEAD too', async () => {
  for (const method of ['HEAD', 'DELETE']) {
    const refused = await send(presign(), method);
    const hint = `The link was made for GET; it was used with ${method}.`;
    expectRefusal(refused, {
      status: 403,
      code: 'SignatureDoesNotMatch',
      elements: { Hint: hint },
    });
    expect(refused.headers.get('x-osskeep-hint')).toBe(hint);
    expect(errorDocument(refused)).toMatch(/<\/CanonicalRequest><Hint>[^<]*<\/Hint><EC>/);
  }
});

test('a success has none', async () => {
  const served = await send(presign());
  expect([served.status, served.text]).toEqual([200, 'hello']);
  expect(served.headers.has('x-osskeep-hint')).toBe(false);
});

test('a wrong signature has none', async () => {
  const added: Pairs = [...presign(), ['x-oss-signature', '0']];
  expect((await send(added)).status).toBe(200);
  const other = await send(presign().map(([n, v]) => [n, n === 'x-oss-signature' ? '0' : v]));
  expectRefusal(other, { status: 403, code: 'SignatureDoesNotMatch' });
  expect(other.headers.has('x-osskeep-hint')).toBe(false);
  expect(element(other.text, 'Hint')).toBeUndefined();
});

test('who was read as anonymous is told that the link is not whole', async () => {
  const unversioned = (pairs: Pairs): Pairs =>
    pairs.filter(([name]) => name !== 'x-oss-signature-version');
  const denied = await send(unversioned(presign()));
  const elements = { Hint: lostVersion };
  expectRefusal(denied, { status: 403, code: 'AccessDenied', ec: '0003-00000001', elements });
  expect((await send([])).headers.has('x-osskeep-hint')).toBe(false);

  const { store } = gateway.server;
  const found = await store.buckets.get(await store.view(), bucket);
  await store.documents.put(found, 'acl', { acl: 'public-read' });
  // Readable by all, but not with response headers of one's own.
  const pairs = unversioned(presign([['response-content-type', 'text/html']]));
  expectRefusal(await send(pairs), { status: 400, code: 'InvalidRequest', elements });
  const public200 = await send(unversioned(presign()));
  expect([public200.status, public200.headers.has('x-osskeep-hint')]).toEqual([200, false]);
});
