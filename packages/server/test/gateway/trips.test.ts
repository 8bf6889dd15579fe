// How often a request asks the metadata engine, over the wire: what an engine behind a network would cost.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rootOwner } from '../../src/boot/keys/credentials.ts';
import type { Bucket } from '../../src/core/buckets/bucket.ts';
import { CountingMetadata } from '../support/counting-metadata.ts';
import {
  bucket,
  type GatewayUnderTest,
  quick,
  startGateway,
} from '../support/gateway-under-test.ts';

const domain = 'static.example.com';
const object = { method: 'GET', target: `/${bucket}/key`, bucket, key: 'key' };

describe.each(['memory', 'embedded'])('over %s', (engine) => {
  let gateway: GatewayUnderTest;
  let metadata: CountingMetadata;
  let directory: string | undefined;

  beforeAll(async () => {
    if (engine === 'embedded') directory = await mkdtemp(join(tmpdir(), 'osskeep-trips-'));
    gateway = await startGateway(
      { data: directory, blockPublicAccess: false },
      {
        sweepIntervalMs: 0,
        wrapMetadata: (inner) => {
          metadata = new CountingMetadata(inner);
          return metadata;
        },
      },
    );
    const { store } = gateway.server;
    const found = await theBucket();
    await store.documents.put(found, 'acl', { acl: 'public-read' });
    await store.cnames.bind(found, { domain, isVouchedFor: true });
    await store.buckets.create('other-bucket', rootOwner);
    await put(object.key);
  });

  afterAll(async () => {
    await gateway.server.stop();
    if (directory !== undefined) await rm(directory, { recursive: true });
  });

  async function theBucket(name = bucket): Promise<Bucket> {
    const { store } = gateway.server;
    return store.buckets.get(await store.view(), name);
  }

  function put(key: string, body = 'hello', into = bucket) {
    const put = { method: 'PUT', target: `/${into}/${key}`, bucket: into, key };
    return gateway.signed({ ...put, body: Buffer.from(body) }, quick);
  }

  /** Asked once before, so that all is known that can be. */
  const known: Record<string, () => Promise<{ status: number }>> = {
    'a link': () => gateway.link({ key: object.key }),
    'a link on a bound domain': () => gateway.link({ host: domain, path: '/key', key: object.key }),
    'a GET signed in its header': () => gateway.signed(object, quick),
    'a HEAD': () => gateway.signed({ ...object, method: 'HEAD' }, quick),
    'an anonymous GET': () => gateway.anonymous(object),
    'a GET of a range': () =>
      gateway.signed({ ...object, headers: [['Range', 'bytes=1-2']] }, quick),
  };

  test.each(Object.entries(known))('%s of what is known is one trip', async (_what, send) => {
    const { status } = await send();
    expect([200, 206]).toContain(status);
    expect(await metadata.during(send)).toEqual({
      ...{ reads: 1, counters: 0, commits: 0, trips: 1, rows: 0 },
    });
  });

  test('and still is after configuration commits about anything else', async () => {
    const { store } = gateway.server;
    for (const send of Object.values(known)) {
      await send();
      await store.documents.put(await theBucket('other-bucket'), 'acl', { acl: 'public-read' });
      await store.credentials.put({ accessKeyId: 'other', secret: 'other', owner: rootOwner });
      await store.credentials.remove('other');
      expect(await metadata.during(send)).toMatchObject({ trips: 1, rows: 0 });
    }
  });

  test('one more after a change of a document of its own bucket', async () => {
    const { store } = gateway.server;
    await known['a link']?.();
    await store.documents.put(await theBucket(), 'publicAccessBlock', { enabled: false });
    expect(await metadata.during(() => gateway.signed(object, quick))).toMatchObject({ trips: 2 });
    expect(await metadata.during(() => gateway.signed(object, quick))).toMatchObject({ trips: 1 });
  });

  test('a page of a thousand folders is at most five', async () => {
    const many = 'many-folders';
    await gateway.server.store.buckets.create(many, rootOwner);
    for (let at = 0; at < 1_001; at += 77) {
      const puts = Array.from({ length: 77 }, (_, index) => put(`${at + index}/key`, '', many));
      await Promise.all(puts);
    }
    const target = `/${many}?list-type=2&delimiter=%2F&max-keys=1000`;
    const page = () => gateway.signed({ method: 'GET', target, bucket: many }, quick);
    const { text } = await page();
    expect(text.split('<CommonPrefixes>')).toHaveLength(1_001);
    expect(text).toContain('<IsTruncated>true</IsTruncated>');
    expect((await metadata.during(page)).trips).toBeLessThanOrEqual(5);
  });

  test('what is not there costs a look for it', async () => {
    const none = { ...object, target: `/${bucket}/none`, key: 'none' };
    await gateway.signed(none, quick);
    expect(await metadata.during(() => gateway.signed(none, quick))).toMatchObject({ trips: 2 });
    const elsewhere = { method: 'GET', target: '/nobodys-bucket', bucket: 'nobodys-bucket' };
    await gateway.signed(elsewhere, quick);
    expect(await metadata.during(() => gateway.signed(elsewhere, quick))).toMatchObject({
      trips: 1,
    });
  });

  test.each([
    ['a new key', async () => put('new')],
    ['an overwritten key', async () => put(object.key)],
    ['a large body', async () => put('large', 'x'.repeat(100_000))],
  ])('a PUT of %s is three trips', async (_what, send) => {
    const trips = await metadata.during(async () => expect((await send()).status).toBe(200));
    expect(trips).toMatchObject({ reads: 2, commits: 1, trips: 3 });
  });

  test('and in a bucket that keeps versions', async () => {
    await gateway.server.store.buckets.setVersioning(await theBucket(), 'enabled');
    await put(object.key);
    const trips = await metadata.during(() => put(object.key));
    expect(trips).toMatchObject({ reads: 2, commits: 1, trips: 3 });
  });
});
