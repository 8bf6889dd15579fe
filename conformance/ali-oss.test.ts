// ali-oss from npm, unmodified, V1 and V4: with an IP endpoint (no bucket in the path, the bucket in a Host
// of the cloud's) and with localhost and sldEnable (path style). What it did is checked through our client.
import { request } from 'node:http';
import { OssClient } from '@osskeep/client';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import AliOss from 'ali-oss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hardNames } from './support/names.ts';
import { bothSignatures } from './support/same-signature.ts';

interface AliOptions {
  readonly authorizationV4: boolean;
  readonly sldEnable?: boolean;
}

/** The SDK has no types of its own; this is what the tests call. */
interface Ali {
  putBucket(name: string): Promise<unknown>;
  putBucketTags(name: string, tag: Record<string, string>): Promise<unknown>;
  getBucketTags(name: string): Promise<{ tag: Record<string, string> }>;
  deleteBucketTags(name: string): Promise<unknown>;
  listBuckets(query?: object): Promise<{ buckets: { name: string }[] | null }>;
  put(name: string, body: Buffer, options?: object): Promise<{ res: { status: number } }>;
  get(name: string): Promise<{ content: Buffer }>;
  head(name: string): Promise<{ status: number; meta: Record<string, string> | null }>;
  listV2(query: object): Promise<{ objects: { name: string }[] }>;
  list(query: object, options: object): Promise<{ objects: { name: string }[] }>;
  delete(name: string): Promise<{ res: { status: number } }>;
  signatureUrl(name: string, options: object): string;
  signatureUrlV4(
    method: string,
    expires: number,
    request: object,
    objectName: string,
    additionalHeaders?: string[],
  ): Promise<string>;
}

describe.each<[string, AliOptions]>([
  ['V1, IP endpoint', { authorizationV4: false }],
  ['V4, IP endpoint', { authorizationV4: true }],
  ['V1, localhost', { authorizationV4: false, sldEnable: true }],
  ['V4, localhost', { authorizationV4: true, sldEnable: true }],
])('ali-oss, %s', (label, options) => {
  let server: Osskeep;
  let ali: Ali;
  let ours: OssClient;
  const bucket = 'ali-conformance';
  const body = (name: string): Buffer => Buffer.from(`${label}: ${name}`);

  beforeAll(async () => {
    server = await startOsskeep();
    const { endpoint, region, accessKeyId, accessKeySecret = '' } = server;
    ali = new AliOss({
      endpoint: options.sldEnable === true ? endpoint.replace('127.0.0.1', 'localhost') : endpoint,
      region: `oss-${region}`,
      accessKeyId,
      accessKeySecret,
      bucket,
      secure: false,
      ...options,
    }) as unknown as Ali;
    const credentials = { accessKeyId, accessKeySecret };
    ours = new OssClient({ endpoint, region, bucket, credentials });
    await ali.putBucket(bucket);
  });

  afterAll(async () => {
    await server.stop();
  });

  test('makes a bucket that ListBuckets shows', async () => {
    expect((await ours.listBuckets()).buckets.map(({ name }) => name)).toEqual([bucket]);
    expect((await ali.listBuckets()).buckets?.map(({ name }) => name)).toEqual([bucket]);
  });

  test('puts, gets and deletes tags of a bucket', async () => {
    const tag = { team: 'web', 阶段: 'prod' };
    await ali.putBucketTags(bucket, tag);
    const { tags } = await ours.getBucketTags();
    expect(Object.fromEntries(tags.map(({ key, value }) => [key, value]))).toEqual(tag);
    expect((await ali.getBucketTags(bucket)).tag).toEqual(tag);
    await ali.deleteBucketTags(bucket);
    expect((await ours.getBucketTags()).tags).toEqual([]);
    expect((await ali.getBucketTags(bucket)).tag).toEqual({});
  });

  test.each(hardNames)('puts, gets, heads %s', async (name) => {
    await ali.put(name, body(name), { meta: { by: 'ali' } });
    const found = await ours.getObject(name);
    expect(await found.body.text()).toBe(body(name).toString());
    expect(found.metadata['by']).toBe('ali');
    expect((await ali.get(name)).content.equals(body(name))).toBe(true);
    expect((await ali.head(name)).meta).toMatchObject({ by: 'ali' });
  });

  test('lists what it stored', async () => {
    const { objects } = await ali.listV2({ 'max-keys': 100 });
    expect(objects.map(({ name }) => name).sort()).toEqual([...hardNames].sort());
    const first = await ali.list({ 'max-keys': 100 }, {});
    expect(first.objects.map(({ name }) => name).sort()).toEqual([...hardNames].sort());
  });

  const makesUrls = options.authorizationV4 || options.sldEnable === true;

  if (!makesUrls) {
    test('refuses to make V1 URLs for an IP endpoint', () => {
      const make = (): string => ali.signatureUrl('exampleobject.txt', { expires: 600 });
      expect(make).toThrow('endpoint is IP');
    });
  }

  test.each(makesUrls ? hardNames : [])('signs a URL for %s that works', async (name) => {
    const url = options.authorizationV4
      ? await ali.signatureUrlV4('GET', 600, {}, name)
      : ali.signatureUrl(name, { expires: 600 });
    const { accessKeyId, accessKeySecret = '', region } = server;
    const both = bothSignatures(url, bucket, { accessKeyId, accessKeySecret, region });
    expect(both.ours).toBe(both.theirs);
    // The URL of an IP endpoint has no bucket: like the SDK itself, name it in the Host header.
    const host = options.sldEnable === true ? undefined : `${bucket}.oss-${region}.aliyuncs.com`;
    expect(await download(url, host)).toEqual({ status: 200, text: body(name).toString() });
  });

  test('deletes', async () => {
    await ali.put('to-delete', Buffer.from('gone'));
    expect((await ali.delete('to-delete')).res.status).toBe(204);
    await expect(ours.headObject('to-delete')).rejects.toMatchObject({ status: 404 });
  });
});

function download(
  url: string,
  host: string | undefined,
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, host === undefined ? {} : { headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}
