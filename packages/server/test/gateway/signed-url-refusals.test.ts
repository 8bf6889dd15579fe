// Signed URLs of every version: they work inside their window and for exactly what was signed; every
// refusal has its own words (choices rows 1, 2, 10, 15; signing reference §7.2).
import {
  defaultHashes,
  encodeComponent,
  encodePath,
  presignV1,
  presignV2,
  presignV4,
  type SignableRequest,
} from '@osskeep/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rootOwner } from '../../src/boot/keys/credentials.ts';
import {
  bucket,
  errorDocument,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  rootKey,
  startGateway,
  startMs,
} from '../support/gateway-under-test.ts';
import { element, type RawResponse, requestBytes } from '../support/raw-http.ts';

const hashes = defaultHashes();
const versions = ['V1', 'V2', 'V4'] as const;
type Version = (typeof versions)[number];
type Pairs = readonly (readonly [string, string])[];

const key = 'dir/a b.txt';
const otherBucket = 'otherbucket';
const lifetimeS = 600;
const temporary = { accessKeyId: 'STS.temporary', accessKeySecret: 's', token: 'a+token/=' };
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
  const { store } = gateway.server;
  await store.buckets.create(otherBucket, rootOwner);
  await store.credentials.add({
    accessKeyId: temporary.accessKeyId,
    secret: temporary.accessKeySecret,
    token: temporary.token,
    owner: rootOwner,
  });
  for (const [inBucket, name] of [
    [bucket, key],
    [bucket, 'a+b'],
    [bucket, 'a b'],
    [otherBucket, key],
  ] as const) {
    const body = Buffer.from(`${inBucket} ${name}`);
    const target = `/${inBucket}/${encodePath(name)}`;
    const request = { method: 'PUT', target, bucket: inBucket, key: name, body };
    expect((await gateway.signed(request, quick)).status).toBe(200);
  }
});

beforeEach(() => gateway.clock.set(startMs));

afterAll(() => gateway.server.stop());

interface Asked {
  readonly method?: string;
  readonly key?: string;
  readonly query?: Pairs;
  readonly keys?: { readonly accessKeyId: string; readonly accessKeySecret: string };
  readonly token?: string;
}

/** All query pairs of a signed URL, the request's own first. */
function presign(version: Version, asked: Asked = {}): Pairs {
  const request: SignableRequest = {
    method: asked.method ?? 'GET',
    bucket,
    key: asked.key ?? key,
    query: asked.query ?? [],
    headers: [],
  };
  const keys = asked.keys ?? rootKey;
  const securityToken = asked.token;
  const expires = startMs / 1000 + lifetimeS;
  const own = asked.query ?? [];
  if (version === 'V1')
    return [...own, ...presignV1(request, { expires, securityToken }, keys, hashes).query];
  if (version === 'V2')
    return [...own, ...presignV2(request, { expires, securityToken }, keys, hashes).query];
  const lifetime = { date: '20260115T120000Z', expires: lifetimeS, securityToken };
  const signer = { ...keys, region: gateway.server.region };
  return [...own, ...presignV4(request, lifetime, signer, hashes).query];
}

function send(
  pairs: Pairs,
  { method = 'GET', path = encodePath(key), inBucket = bucket } = {},
): Promise<RawResponse> {
  const query = pairs.map(([name, value]) => `${name}=${encodeComponent(value)}`).join('&');
  const target = `/${inBucket}/${path}?${query}`;
  const headers: Pairs =
    method === 'PUT'
      ? [
          ['Host', gateway.host],
          ['Content-Length', '0'],
        ]
      : [['Host', gateway.host]];
  return gateway.raw(requestBytes({ method, target, headers }), quick);
}

const mismatchEc = { V1: '0002-00000040', V2: '0002-00000101', V4: '0002-00000201' } as const;
const mismatch = (version: Version) => ({
  status: 403,
  code: 'SignatureDoesNotMatch',
  ec: mismatchEc[version],
});

describe.each(versions)('%s URLs', (version) => {
  const expired = {
    status: 403,
    code: 'AccessDenied',
    ec: version === 'V4' ? '0002-00000236' : '0002-00000069',
    message: 'Request has expired.',
    elements: { Expires: '2026-01-15T12:10:00.000Z' },
  };

  test('work until their last second', async () => {
    for (const offS of [0, 1, lifetimeS - 1, lifetimeS]) {
      gateway.clock.set(startMs + offS * 1000);
      const response = await send(presign(version));
      expect([response.status, response.text]).toEqual([200, `${bucket} ${key}`]);
    }
  });

  test('are refused a second later, and for ever', async () => {
    for (const offS of [lifetimeS + 1, 86_400, 10 * 365 * 86_400]) {
      gateway.clock.set(startMs + offS * 1000);
      const response = await send(presign(version));
      expectRefusal(response, expired);
      const now = new Date(startMs + offS * 1000).toISOString();
      expect(element(response.text, 'ServerTime')).toBe(now);
    }
  });

  test('an expired one says so also when its signature is wrong, and for a key that is not there', async () => {
    gateway.clock.set(startMs + 86_400_000);
    expectRefusal(await send(presign(version), { path: 'missing' }), expired);
  });

  test('are for one method: HEAD, PUT and DELETE with a GET URL', async () => {
    const head = await send(presign(version), { method: 'HEAD' });
    expect(head.body.length).toBe(0);
    expectRefusal(head, mismatch(version));
    expect(element(errorDocument(head), 'SignatureProvided')).toMatch(/./);
    expectRefusal(await send(presign(version), { method: 'PUT' }), mismatch(version));
    expectRefusal(await send(presign(version), { method: 'DELETE' }), mismatch(version));
    expect((await send(presign(version))).status).toBe(200);
  });

  test('are for one bucket and one key', async () => {
    expectRefusal(await send(presign(version), { inBucket: otherBucket }), mismatch(version));
    expectRefusal(await send(presign(version), { path: 'dir/a%20b.txu' }), mismatch(version));
    expectRefusal(await send(presign(version), { path: 'dir' }), mismatch(version));
  });

  test('a plus in the key is a plus, never a space', async () => {
    const pairs = presign(version, { key: 'a+b' });
    for (const path of ['a+b', 'a%2Bb', 'a%2bb', '%61+b']) {
      const response = await send(pairs, { path });
      expect([response.status, response.text]).toEqual([200, `${bucket} a+b`]);
    }
    expectRefusal(await send(pairs, { path: 'a%20b' }), mismatch(version));
    const spaced = presign(version, { key: 'a b' });
    expectRefusal(await send(spaced, { path: 'a+b' }), mismatch(version));
  });

  test('every parameter changed in its last character', async () => {
    const pairs = presign(version, { query: [['response-content-type', 'text/x-a']] });
    expect((await send(pairs)).headers.get('content-type')).toBe('text/x-a');
    let changed = 0;
    for (const [index, [name, value]] of pairs.entries()) {
      const last = value.at(-1) === '1' ? '2' : '1';
      const at = value.endsWith('=') ? 2 : 1;
      const other = value.slice(0, -at) + last + (at === 2 ? '=' : '');
      const response = await send(pairs.with(index, [name, other]));
      expect([400, 403], name).toContain(response.status);
      const code = element(response.text, 'Code');
      expect(code).toMatch(
        /^(SignatureDoesNotMatch|InvalidArgument|InvalidAccessKeyId|AccessDenied)$/,
      );
      changed += 1;
    }
    expect(changed).toBe(pairs.length);
  });

  test('every parameter left out', async () => {
    const pairs = presign(version, { query: [['response-content-type', 'text/x-a']] });
    for (const [name] of pairs) {
      const response = await send(pairs.filter(([given]) => given !== name));
      expect([400, 403], name).toContain(response.status);
    }
  });

  test('response-* cannot be added', async () => {
    const added: Pairs = [...presign(version), ['response-content-type', 'text/html']];
    expectRefusal(await send(added), mismatch(version));
  });

  test('the token belongs to the URL', async () => {
    const pairs = presign(version, { keys: temporary, token: temporary.token });
    expect((await send(pairs)).status).toBe(200);
    const without = pairs.filter(([, value]) => value !== temporary.token);
    expect(without.length).toBe(pairs.length - 1);
    expectRefusal(await send(without), {
      status: 403,
      code: 'InvalidAccessKeyId',
      ec: '0002-00000003',
    });
    const other: Pairs = pairs.map(([name, value]) => [
      name,
      value === temporary.token ? 'x' : value,
    ]);
    const refusal = { status: 403, code: 'InvalidSecurityToken' };
    expectRefusal(await send(other), refusal);
    const stray = presign(version, { token: 'stray' });
    expectRefusal(await send(stray), refusal);
  });

  test('a disabled key is refused on the next request', async () => {
    const { credentials } = gateway.server.store;
    const accessKeyId = `LTAIdisable${version}`;
    const keys = { accessKeyId, accessKeySecret: 'secret' };
    await credentials.add({ accessKeyId, secret: 'secret', owner: rootOwner });
    const pairs = presign(version, { keys });
    expect((await send(pairs)).status).toBe(200);
    await credentials.disable(accessKeyId);
    expectRefusal(await send(pairs), {
      status: 403,
      code: 'InvalidAccessKeyId',
      ec: '0002-00000903',
      elements: { OSSAccessKeyId: accessKeyId },
    });
    await credentials.enable(accessKeyId);
    expect((await send(pairs)).status).toBe(200);
    await credentials.remove(accessKeyId);
    expectRefusal(await send(pairs), {
      status: 403,
      code: 'InvalidAccessKeyId',
      ec: '0002-00000902',
    });
  });
});

test('a V4 URL that is not valid yet', async () => {
  gateway.clock.set(startMs - 900_000);
  expect((await send(presign('V4'))).status).toBe(200);
  gateway.clock.set(startMs - 901_000);
  expectRefusal(await send(presign('V4')), {
    status: 403,
    code: 'AccessDenied',
    ec: '0002-00000235',
    elements: { ServerTime: '2026-01-15T11:44:59.000Z', Expires: '2026-01-15T12:10:00.000Z' },
  });
});

test('who may not list hears the same for a key that is there and one that is not', async () => {
  const documents: string[] = [];
  for (const path of [encodePath(key), 'missing']) {
    for (const method of ['GET', 'HEAD']) {
      const response = await send([], { method, path });
      expectRefusal(response, { status: 403, code: 'AccessDenied' });
      documents.push(errorDocument(response).replace(/<RequestId>\w+/, ''));
    }
  }
  expect(new Set(documents).size).toBe(1);
});
