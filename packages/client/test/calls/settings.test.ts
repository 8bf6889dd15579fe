// Versions, ACLs, public access blocks, custom domains and cross-origin rules, against a server of ours
// over real sockets; and what a listing of versions from another server must not lead to.
import { request } from 'node:https';
import { getBucketLocation } from '@osskeep/protocol';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OssClient, OssClientOptions, VersionEntry } from '../../src/index.ts';
import { clientOf, rootKey, testClient } from '../support/client.ts';
import { collect } from '../support/collect.ts';
import { failure } from '../support/failure.ts';
import { recordingServer } from '../support/recording-server.ts';
import { transports } from '../support/transports.ts';

const domain = 'img.example.com';
let server: Osskeep;

beforeAll(async () => {
  server = await startOsskeep({
    rootKey,
    blockPublicAccess: false,
    cnames: { [domain]: 'examplebucket', 'own.example.com': 'examplebucket' },
    tls: { selfSigned: true },
  });
  await connect().putBucket();
});

afterAll(async () => {
  await server?.stop();
});

const connect = (options: Partial<OssClientOptions> = {}): OssClient => clientOf(server, options);

/** `key versionId`, with a cross before delete markers. */
function shown(entries: readonly VersionEntry[]): string[] {
  return entries.map(
    ({ kind, key, versionId }) => `${kind === 'Version' ? '' : '×'}${key} ${versionId}`,
  );
}

describe.each(transports)('versions with %s', (_, fetch) => {
  const bucket = `versions-${fetch === undefined ? 'p' : 'n'}`;
  const client = (): OssClient => connect({ fetch, bucket });

  test('from never set to enabled and suspended; every entry, page by page', async () => {
    await client().putBucket();
    expect(await client().getBucketVersioning()).toEqual({});
    await client().putObject('a+ 中', 'before');
    await client().putBucketVersioning({ status: 'Enabled' });
    expect(await client().getBucketVersioning()).toEqual({ status: 'Enabled' });
    const first = (await client().putObject('a+ 中', 'one')).versionId;
    const second = (await client().putObject('a+ 中', 'two')).versionId;
    const marker = await client().deleteObject('a+ 中');
    expect(marker.deleteMarker).toBe(true);
    const other = (await client().putObject('b/c', 'other')).versionId;
    await client().putBucketVersioning({ status: 'Suspended' });
    expect(await client().getBucketVersioning()).toEqual({ status: 'Suspended' });

    const expected = [
      `×a+ 中 ${marker.versionId}`,
      `a+ 中 ${second}`,
      `a+ 中 ${first}`,
      'a+ 中 null',
      `b/c ${other}`,
    ];
    for (const maxKeys of [1, 2, 3, 1000]) {
      const entries = await collect(client().objectVersions({ maxKeys }));
      expect(shown(entries)).toEqual(expected);
      expect(entries.map(({ isLatest }) => isLatest)).toEqual([true, false, false, false, true]);
    }
    const [, newest] = await collect(client().objectVersions());
    expect(newest).toMatchObject({ kind: 'Version', size: 3, type: 'Normal' });

    // From a version on: what is older, then later keys.
    const from = { keyMarker: 'a+ 中', versionIdMarker: second, maxKeys: 1 };
    const rest = await collect(client().objectVersions(from));
    expect(shown(rest)).toEqual(expected.slice(2));

    const read = async (versionId: string | undefined) =>
      (await client().getObject('a+ 中', { versionId })).body.text();
    expect(await read(first)).toBe('one');
    expect(await read('null')).toBe('before');
    expect(await failure(client().getObject('a+ 中'))).toMatchObject({ code: 'NoSuchKey' });
  });

  test('common prefixes are counted, and a page may end with one', async () => {
    const pages = await collect(client().versionPages({ delimiter: '/', maxKeys: 1 }));
    expect(pages.map(({ entries }) => entries.length)).toEqual([1, 1, 1, 1, 0]);
    expect(pages.at(-1)?.commonPrefixes).toEqual([{ prefix: 'b/' }]);
    expect(pages[0]).toMatchObject({ encodingType: 'url', nextKeyMarker: 'a+ 中' });
  });

  test('a version id without its key is refused before it is sent', async () => {
    const wrong = client().listObjectVersions({ versionIdMarker: 'null' });
    expect(await failure(wrong)).toMatchObject({ code: 'InvalidArgument', ec: '0012-00000105' });
  });
});

describe('a listing of versions that leads nowhere', () => {
  const page = (next: string) =>
    '<ListVersionsResult><Name>b</Name><MaxKeys>1</MaxKeys><IsTruncated>true</IsTruncated>' +
    `${next}</ListVersionsResult>`;

  test.each([
    ['no marker', ''],
    ['an empty marker', '<NextKeyMarker></NextKeyMarker><NextVersionIdMarker/>'],
    [
      'the same marker',
      '<NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>null</NextVersionIdMarker>',
    ],
  ])('%s', async (_, next) => {
    await using other = await recordingServer((response) => {
      response.end(page(next));
    });
    const client = testClient({ endpoint: other.endpoint });
    const error = await failure(collect(client.objectVersions()));
    expect(error).toMatchObject({ name: 'TransportError', problem: 'broken-answer' });
    expect(other.requests.length).toBeLessThanOrEqual(2);
  });

  test('markers are sent as they came, the version’s only with its key', async () => {
    const answers = [
      page('<NextKeyMarker>k 1</NextKeyMarker><NextVersionIdMarker>null</NextVersionIdMarker>'),
      page('<NextKeyMarker>p/</NextKeyMarker>'),
      page('').replace('true', 'false'),
    ];
    await using other = await recordingServer((response, _request, number) => {
      response.end(answers[number - 1]);
    });
    const client = testClient({ endpoint: other.endpoint });
    await collect(client.objectVersions({ prefix: 'p', keyMarker: 'a', versionIdMarker: 'null' }));
    const markers = other.requests.map(({ target }) => {
      const { searchParams } = new URL(target, 'http://h');
      return ['prefix', 'key-marker', 'version-id-marker'].map((name) => searchParams.get(name));
    });
    expect(markers).toEqual([
      ['p', 'a', 'null'],
      ['p', 'k 1', 'null'],
      ['p', 'p/', null],
    ]);
  });
});

describe('who may read', () => {
  const bucket = 'acls';
  const client = (): OssClient => connect({ bucket });
  const anonymous = async (key: string) => {
    const answer = await fetch(`${server.endpoint}/${bucket}/${key}`);
    await answer.arrayBuffer();
    return answer.status;
  };

  test('an ACL of a bucket, which also makes it', async () => {
    expect(await client().putBucketAcl({ acl: 'public-read' })).toEqual({
      location: `/${bucket}`,
    });
    const { grant, owner } = await client().getBucketAcl();
    expect(grant).toBe('public-read');
    expect(owner.id).not.toBe('');
    await client().putObject('a', 'a');
    expect(await anonymous('a')).toBe(200);
  });

  test('an ACL of an object holds against its bucket’s, and of one version alone', async () => {
    expect((await client().getObjectAcl('a')).grant).toBe('default');
    await client().putObjectAcl('a', { acl: 'private' });
    expect((await client().getObjectAcl('a')).grant).toBe('private');
    expect(await anonymous('a')).toBe(403);
    await client().putBucketVersioning({ status: 'Enabled' });
    const { versionId } = await client().putObject('a', 'new');
    const put = await client().putObjectAcl('a', { acl: 'public-read', versionId: 'null' });
    expect(put.versionId).toBe('null');
    expect(await client().getObjectAcl('a', { versionId })).toMatchObject({
      grant: 'default',
      versionId,
    });
    expect((await client().getObjectAcl('a', { versionId: 'null' })).grant).toBe('public-read');
  });

  test('the public access block of a bucket', async () => {
    await client().putBucketPublicAccessBlock({ blockPublicAccess: true });
    expect(await client().getBucketPublicAccessBlock()).toEqual({ blockPublicAccess: true });
    expect(await anonymous('a')).toBe(403);
    const refused = await failure(client().putBucketAcl({ acl: 'public-read' }));
    expect(refused).toMatchObject({ code: 'AccessDenied', status: 403 });
    await client().deleteBucketPublicAccessBlock();
    expect(await client().getBucketPublicAccessBlock()).toEqual({ blockPublicAccess: false });
    expect(await anonymous('a')).toBe(200);
  });

  test('the public access block of the account', async () => {
    await client().putPublicAccessBlock({ blockPublicAccess: true });
    expect(await client().getPublicAccessBlock()).toEqual({ blockPublicAccess: true });
    expect(await anonymous('a')).toBe(403);
    await client().deletePublicAccessBlock();
    expect(await client().getPublicAccessBlock()).toEqual({ blockPublicAccess: false });
    expect(await anonymous('a')).toBe(200);
  });
});

describe('custom domains', () => {
  test('a token is made once and found again', async () => {
    const wanted = { domain: 'www.example.org' };
    expect(await failure(connect().getCnameToken(wanted))).toMatchObject({
      code: 'CnameTokenNotFound',
      status: 404,
    });
    const made = await connect().createCnameToken(wanted);
    expect(made).toMatchObject({ bucket: 'examplebucket', cname: 'www.example.org' });
    expect(made.token).toMatch(/^[0-9a-f]{32}$/);
    expect(made.expireTime).toBeGreaterThan(Date.now());
    expect(await connect().createCnameToken(wanted)).toEqual(made);
    expect(await connect().getCnameToken(wanted)).toEqual(made);
  });

  test('bound, listed, released', async () => {
    const wanted = { domain: 'own.example.com' };
    const names = async () => (await connect().listCname()).cnames.map((found) => found.domain);
    await connect().putCname(wanted);
    const { bucket, owner, cnames } = await connect().listCname();
    expect(bucket).toBe('examplebucket');
    expect(owner).not.toBe('');
    expect(cnames).toContainEqual({
      ...wanted,
      lastModified: expect.any(Number),
      status: 'Enabled',
    });
    // The operator vouched for it and does so no longer; the binding stays until it is released.
    await server.reload({ cnames: { [domain]: 'examplebucket' } });
    expect(await names()).toContain(wanted.domain);
    await connect().deleteCname(wanted);
    expect(await names()).toEqual([domain]);
  });

  test('a name that is no domain is refused before it is sent', async () => {
    for (const wrong of ['https://img.example.com', 'localhost', '127.0.0.1']) {
      const error = await failure(connect().putCname({ domain: wrong }));
      expect(error).toMatchObject({ code: 'InvalidArgument', ec: '0018-00000401' });
    }
  });

  test.each(['v4', 'v1'] as const)(
    '%s: a link to one version, https, own domain',
    async (version) => {
      const bucketClient = connect({ signatureVersion: version });
      await bucketClient.putBucketVersioning({ status: 'Enabled' });
      const { versionId } = await bucketClient.putObject('report + 中.txt', 'old');
      await bucketClient.putObject('report + 中.txt', 'new');
      const { port } = new URL(server.httpsEndpoint ?? '');
      const bound = connect({
        endpoint: `https://${domain}:${port}`,
        cname: true,
        signatureVersion: version,
      });
      const link = await bound.presign('GET', 'report + 中.txt', { versionId });
      expect(link.url).toMatch(
        new RegExp(`^https://${domain}:${port}/report%20%2B%20%E4%B8%AD.txt\\?`),
      );
      expect(await getOverTls(link.url)).toEqual([200, 'old']);
      const other = link.url.replace(`${versionId}`, 'null');
      expect((await getOverTls(other))[0]).toBe(403);
    },
  );
});

/** Resolves every name to this machine and trusts the server's own authority alone. */
function getOverTls(url: string): Promise<[status: number | undefined, body: string]> {
  const { promise, resolve, reject } = Promise.withResolvers<[number | undefined, string]>();
  const { hostname, host, port, pathname, search } = new URL(url);
  const outgoing = request(
    {
      host: '127.0.0.1',
      port,
      path: pathname + search,
      servername: hostname,
      headers: { host },
      ca: server.tlsCa,
      agent: false,
    },
    async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      resolve([answer.statusCode, Buffer.concat(chunks).toString()]);
    },
  );
  outgoing.once('error', reject);
  outgoing.end();
  return promise;
}

describe('cross-origin rules', () => {
  test('set, read, used by a browser, taken away', async () => {
    const client = connect();
    await client.putObject('open', 'open', { objectAcl: 'public-read' });
    const rule = {
      allowedOrigins: ['https://www.example.com'],
      allowedMethods: ['GET'],
      exposeHeaders: ['ETag'],
      maxAgeSeconds: 60,
    } as const;
    await client.putBucketCors({ rules: [rule], responseVary: true });
    expect(await client.getBucketCors()).toEqual({
      rules: [{ ...rule, allowedHeaders: [] }],
      responseVary: true,
    });
    const asked = await fetch(`${server.endpoint}/examplebucket/open`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://www.example.com',
        'Access-Control-Request-Method': 'GET',
      },
    });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://www.example.com');
    await client.deleteBucketCors();
    expect(await failure(client.getBucketCors())).toMatchObject({
      code: 'NoSuchCORSConfiguration',
      status: 404,
    });
  });

  test('rules that make no sense are refused by the service', async () => {
    const rule = { allowedOrigins: ['https://*.example.*'], allowedMethods: ['GET'] } as const;
    expect(await failure(connect().putBucketCors({ rules: [rule] }))).toMatchObject({
      code: 'InvalidArgument',
      ec: '0034-00000009',
    });
    const many = Array.from({ length: 21 }, () => ({ ...rule, allowedOrigins: ['*'] }));
    expect(await failure(connect().putBucketCors({ rules: many }))).toMatchObject({
      code: 'CORSRuleBeyondLimit',
    });
  });
});

test('a call without a bucket says so', async () => {
  const client = testClient({ bucket: undefined });
  for (const call of [
    client.getBucketVersioning(),
    client.getObjectAcl('a'),
    client.putBucketCors({ rules: [] }),
    client.listCname(),
  ]) {
    expect(await failure(call)).toMatchObject({ name: 'ClientError', problem: 'bucket' });
  }
});

test('an operation by its definition: the bucket of the target counts, without one anywhere else', async () => {
  const client = connect({ bucket: undefined });
  const location = await client.call(getBucketLocation, { bucket: 'examplebucket' }, {});
  expect(location).toEqual({ location: 'oss-cn-hangzhou' });
  expect(await failure(client.call(getBucketLocation, {}, {}))).toMatchObject({
    name: 'ClientError',
  });
});
