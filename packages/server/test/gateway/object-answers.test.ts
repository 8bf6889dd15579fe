// A GET of a known object leaves with headers that were encoded before: they are those of a GET that is
// encoded anew, each time, and for whoever asks.
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Bucket } from '../../src/core/buckets/bucket.ts';
import type { PutObject } from '../../src/core/objects/put-object.ts';
import { temporaryDirectory } from '../engines/temporary-directory.ts';
import { bodyOf } from '../support/bodies.ts';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  startGateway,
} from '../support/gateway-under-test.ts';
import { objectRequest, openConnection, storeObject } from '../support/object-requests.ts';
import type { RawAnswer } from '../support/raw-connection.ts';
import { requestBytes } from '../support/raw-http.ts';
import { type Pairs, signForm } from '../support/signed-forms.ts';
import { WatchedFiles } from '../support/watched-files.ts';

const custom = 'static.example.com';

async function get(gateway: GatewayUnderTest, key: string, query: Pairs = []): Promise<RawAnswer> {
  const connection = await openConnection(gateway);
  connection.write(requestBytes(signForm(gateway, 'V4 header', { bucket, key, query })));
  return connection.answer();
}

/** Header lines in a certain order, without what differs from request to request. */
function linesOf(answer: RawAnswer): string[] {
  return answer.lasting.split('\r\n\r\n', 1)[0]?.split('\r\n').sort() ?? [];
}

const headers = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'max-age=60',
  'content-disposition': 'inline; filename="a b.txt"',
  'content-encoding': 'gzip',
  'content-language': 'de',
  expires: 'Thu, 15 Jan 2027 12:00:00 GMT',
};
const metadata = { a: 'b', name: '文件' };

const objects: Record<string, PutObject & { body: Buffer }> = {
  'small.txt': { body: Buffer.from('small'), headers, metadata },
  'large.txt': { body: bodyOf({ seed: 1, size: 100_000 }), headers, metadata },
  empty: { body: Buffer.alloc(0) },
  untyped: { body: Buffer.from('x') },
};

async function bucketOf({ server: { store } }: GatewayUnderTest): Promise<Bucket> {
  return store.buckets.get(await store.view(), bucket);
}

describe.each(['never', 'enabled'] as const)('versioning: %s', (versioning) => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await startGateway();
    const { buckets, objects: stored } = gateway.server.store;
    if (versioning === 'enabled') {
      await buckets.setVersioning(await bucketOf(gateway), 'enabled');
    }
    for (const [key, input] of Object.entries(objects)) {
      await stored.put(await bucketOf(gateway), key, input);
    }
  });
  afterAll(() => gateway.server.stop());

  test.each(Object.keys(objects))('%s: as encoded anew', async (key) => {
    const first = await get(gateway, key);
    expect(first.body.equals(objects[key]?.body as Buffer)).toBe(true);
    const type = /\r\nContent-Type: ([^\r]*)/i.exec(first.head)?.[1] ?? '';
    // Replaced by what it is.
    const anew = await get(gateway, key, [['response-content-type', type]]);
    expect(linesOf(anew)).toEqual(linesOf(first));
    expect(anew.body.equals(first.body)).toBe(true);
    expect((await get(gateway, key)).lasting).toBe(first.lasting);
  });

  test('a response-* of one request is not seen by the next', async () => {
    const before = await get(gateway, 'small.txt');
    const replaced = await get(gateway, 'small.txt', [['response-cache-control', 'no-store']]);
    expect(replaced.head).toMatch(/\r\nCache-Control: no-store\r\n/i);
    expect((await get(gateway, 'small.txt')).lasting).toBe(before.lasting);
  });

  test('a range of one request is not seen by the next', async () => {
    const before = await get(gateway, 'large.txt');
    const connection = await openConnection(gateway);
    for (const range of ['bytes=1-2', 'bytes=0-', 'bytes=-1']) {
      connection.write(objectRequest(gateway, 'large.txt', { headers: [['Range', range]] }));
      const part = await connection.answer();
      expect([part.status, part.head.match(/content-length/gi)?.length]).toEqual([206, 1]);
    }
    expect((await get(gateway, 'large.txt')).lasting).toBe(before.lasting);
  });

  test('an object that was overwritten shows its new headers', async () => {
    await storeObject(gateway, 'new', Buffer.from('1'), [['x-oss-meta-a', 'old']]);
    expect((await get(gateway, 'new')).head).toContain('x-oss-meta-a: old');
    await storeObject(gateway, 'new', Buffer.from('12'), [['x-oss-meta-b', 'new']]);
    const { head } = await get(gateway, 'new');
    expect(head).not.toContain('x-oss-meta-a');
    expect(head).toContain('x-oss-meta-b: new');
    expect(head).toMatch(/\r\nContent-Length: 2\r\n/i);
  });
});

describe.each(['strict', 'friendly'] as const)('a web page, %s', (parity) => {
  test('is shown, saved or warned of by host, in any order of requests', async () => {
    const gateway = await startGateway({ parity, cnames: { [custom]: bucket } });
    onTestFinished(() => gateway.server.stop());
    const key = 'page.html';
    await storeObject(gateway, key, Buffer.from('<p>'), [['Content-Type', 'text/html']]);
    for (const host of [custom, undefined, undefined, custom, custom, undefined]) {
      const { headers } = await gateway.link(
        host === undefined ? { key } : { key, host, path: `/${key}` },
      );
      const isOwn = host === undefined;
      expect([
        headers.get('content-disposition'),
        headers.get('x-oss-force-download'),
        headers.has('x-osskeep-warning'),
      ]).toEqual([
        isOwn && parity === 'strict' ? 'attachment' : undefined,
        isOwn && parity === 'strict' ? 'true' : undefined,
        isOwn && parity === 'friendly',
      ]);
    }
  });
});

describe('headers that no answer can carry are refused, and nothing stays open', () => {
  const body = bodyOf({ seed: 1, size: 1_000_000 });
  const bad = 'a\r\nb: c';

  test.each([
    ['stored', { 'content-type': bad }, []],
    ['of a link', {}, [['response-content-type', bad]]],
  ] as const)('%s', async (_whose, headers, query) => {
    const files = new WatchedFiles();
    const seams = { fileSystem: files.fileSystem, sweepIntervalMs: 0 };
    const gateway = await startGateway({ data: await temporaryDirectory() }, seams);
    onTestFinished(() => gateway.server.stop());
    await gateway.server.store.objects.put(await bucketOf(gateway), 'k', { body, headers });
    for (let count = 0; count < 2; count += 1) {
      expectRefusal(await gateway.link({ key: 'k', query }), {
        status: 400,
        code: 'InvalidArgument',
      });
    }
    await vi.waitFor(() => expect(files.open).toBe(0));
  });
});
