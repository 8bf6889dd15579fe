// Of a link that was good its reading and its right signature are remembered, and nothing else. Each test uses a
// link, so that it is known, changes one thing, and expects what a stranger's link would get.
import { defaultHashes, encodeComponent, presignV4 } from '@osskeep/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rootOwner } from '../../src/boot/keys/credentials.ts';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  startGateway,
  startMs,
} from '../support/gateway-under-test.ts';
import { type RawResponse, requestBytes } from '../support/raw-http.ts';

type Pairs = readonly (readonly [string, string])[];

const key = 'exampleobject.txt';
const other = 'otherbucket';
const domain = 'oss.example.com';
const someone = { accessKeyId: 'LTAI5tSomeone0001', accessKeySecret: 'SecretOfSomeone1' };
let gateway: GatewayUnderTest;
let target: string;

beforeEach(async () => {
  gateway = await startGateway({ domains: [domain] });
  const { store } = gateway.server;
  await store.credentials.add({
    accessKeyId: someone.accessKeyId,
    secret: someone.accessKeySecret,
    owner: rootOwner,
  });
  const request = { method: 'GET', bucket, key, query: [], headers: [] };
  const lifetime = { date: '20260115T120000Z', expires: 600 };
  const signer = { ...someone, region: gateway.server.region };
  const { query } = presignV4(request, lifetime, signer, defaultHashes());
  const text = query.map(([name, value]) => `${name}=${encodeComponent(value)}`).join('&');
  target = `/${bucket}/${key}?${text}`;
  await put(bucket, key, 'hello');
  for (let use = 0; use < 3; use += 1) expect((await send()).text).toBe('hello');
});

afterEach(() => gateway.server.stop());

async function put(into: string, name: string, text: string): Promise<void> {
  const path = `/${into}/${name}`;
  const body = Buffer.from(text);
  const request = { method: 'PUT', target: path, bucket: into, key: name, body };
  expect((await gateway.signed(request, quick)).status).toBe(200);
}

function send(changed: { target?: string; method?: string; host?: string; headers?: Pairs } = {}) {
  const { method = 'GET', host = gateway.host, headers = [] } = changed;
  const all: Pairs = [['Host', host], ...headers];
  return gateway.raw(
    requestBytes({ method, target: changed.target ?? target, headers: all }),
    quick,
  );
}

function expectMismatch(response: RawResponse): void {
  expectRefusal(response, { status: 403, code: 'SignatureDoesNotMatch' });
}

test('its time ends to the second', async () => {
  gateway.clock.set(startMs + 600_000);
  expect((await send()).status).toBe(200);
  gateway.clock.set(startMs + 600_001);
  const expired = { status: 403, code: 'AccessDenied', ec: '0002-00000236' };
  expectRefusal(await send(), expired);
  expectRefusal(await send(), expired);
});

test('its key is disabled, and enabled again', async () => {
  const { credentials } = gateway.server.store;
  await credentials.disable(someone.accessKeyId);
  expectRefusal(await send(), { status: 403, code: 'InvalidAccessKeyId' });
  await credentials.enable(someone.accessKeyId);
  expect((await send()).status).toBe(200);
});

test('its key is gone, or has another secret', async () => {
  const { credentials } = gateway.server.store;
  const { accessKeyId } = someone;
  await credentials.put({ accessKeyId, secret: 'another', owner: rootOwner });
  expectMismatch(await send());
  await credentials.remove(accessKeyId);
  expectRefusal(await send(), { status: 403, code: 'InvalidAccessKeyId' });
});

test('a temporary key whose token ends', async () => {
  const { credentials } = gateway.server.store;
  const owner = rootOwner;
  const temporary = { accessKeyId: 'STS.Temporary0001', accessKeySecret: 'SecretOfTemporary' };
  const token = 'token-of-the-temporary-key';
  await credentials.add({
    accessKeyId: temporary.accessKeyId,
    secret: temporary.accessKeySecret,
    owner,
    token,
    expiresMs: startMs + 60_000,
  });
  const query = [['x-oss-security-token', token]] as const;
  const request = { method: 'GET', bucket, key, query, headers: [] };
  const signer = { ...temporary, region: gateway.server.region };
  const lifetime = { date: '20260115T120000Z', expires: 600 };
  const signed = presignV4(request, lifetime, signer, defaultHashes()).query;
  const pairs = new Map([...query, ...signed]);
  const text = [...pairs].map(([name, value]) => `${name}=${encodeComponent(value)}`).join('&');
  const link = `/${bucket}/${key}?${text}`;
  for (let use = 0; use < 2; use += 1) expect((await send({ target: link })).status).toBe(200);
  gateway.clock.set(startMs + 60_000);
  expectRefusal(await send({ target: link }), { status: 403, code: 'SecurityTokenExpired' });
});

test('a clock that was put back, and on again', async () => {
  gateway.clock.set(startMs - 900_001);
  expectRefusal(await send(), { status: 403, code: 'AccessDenied' });
  gateway.clock.set(startMs);
  expect((await send()).status).toBe(200);
});

test('its key is replaced by one of the same secret, and by one with a token', async () => {
  const { credentials } = gateway.server.store;
  const { accessKeyId, accessKeySecret: secret } = someone;
  await credentials.put({ accessKeyId, secret, owner: rootOwner });
  expect((await send()).text).toBe('hello');
  await credentials.put({ accessKeyId, secret, owner: rootOwner, token: 'a-token' });
  expectRefusal(await send(), { status: 403, code: 'InvalidAccessKeyId', ec: '0002-00000003' });
});

test('HEAD is refused, or answered where links for GET may be used so', async () => {
  expect((await send({ method: 'HEAD' })).status).toBe(403);
  await gateway.server.stop();
  gateway = await startGateway({ domains: [domain], headOnGetLinks: true });
  const { credentials } = gateway.server.store;
  const { accessKeyId, accessKeySecret: secret } = someone;
  await credentials.add({ accessKeyId, secret, owner: rootOwner });
  await put(bucket, key, 'hello');
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
    expect((await send({ method })).status, method).toBe(200);
  }
  await credentials.disable(accessKeyId);
  for (const method of ['GET', 'HEAD']) expect((await send({ method })).status).toBe(403);
});

test('any byte of it is another', async () => {
  for (let at = target.indexOf('?') + 1; at < target.length; at += 7) {
    const changed = target[at] === 'a' ? 'b' : 'a';
    const link = `${target.slice(0, at)}${changed}${target.slice(at + 1)}`;
    expect((await send({ target: link })).status, link).toBeGreaterThanOrEqual(400);
  }
  expect((await send()).status).toBe(200);
});

test('a header that would be signed is added', async () => {
  expectMismatch(await send({ headers: [['x-oss-meta-a', 'b']] }));
  expectMismatch(await send({ headers: [['Content-Type', 'text/plain']] }));
  expect((await send()).status).toBe(200);
});

test('a second signature, or what is none, in the Authorization header', async () => {
  const refused = await send({ headers: [['Authorization', 'Bearer token']] });
  expectRefusal(refused, { status: 400, code: 'InvalidArgument', ec: '0002-00000039' });
  expect((await send()).status).toBe(200);
});

test('another method', async () => {
  expect((await send({ method: 'HEAD' })).status).toBe(403);
  expectMismatch(await send({ method: 'DELETE' }));
});

test('the same target on the host of another bucket', async () => {
  await gateway.server.store.buckets.create(other, rootOwner);
  await put(other, `${bucket}/${key}`, 'not this one');
  expectMismatch(await send({ host: `${other}.${domain}` }));
  expectMismatch(await send({ host: `${bucket}.${domain}` }));
  expect((await send()).text).toBe('hello');
});

test('a bucket that is private to another owner now', async () => {
  const { store } = gateway.server;
  await store.credentials.put({
    accessKeyId: someone.accessKeyId,
    secret: someone.accessKeySecret,
    owner: { id: '2', displayName: 'two' },
  });
  expectRefusal(await send(), { status: 403, code: 'AccessDenied' });
});

test('what no signature covers may differ: ranges, conditions', async () => {
  const part = await send({ headers: [['Range', 'bytes=1-3']] });
  expect([part.status, part.text]).toEqual([206, 'ell']);
  const same = await send({ headers: [['If-None-Match', '*']] });
  expect(same.status).toBe(304);
});

test('what it leads to is read each time', async () => {
  await put(bucket, key, 'hello again');
  expect((await send()).text).toBe('hello again');
  const request = { method: 'DELETE', target: `/${bucket}/${key}`, bucket, key };
  expect((await gateway.signed(request, quick)).status).toBe(204);
  expectRefusal(await send(), { status: 404, code: 'NoSuchKey' });
});
