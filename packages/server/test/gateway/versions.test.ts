// Versioned buckets over the wire: states, version ids on every operation that takes one, delete
// markers, and the listing of all of it. Rules: operations reference §3.8, T0-12 to T0-14.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  startGateway,
} from '../support/gateway-under-test.ts';
import { element, type RawResponse } from '../support/raw-http.ts';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});

afterAll(() => gateway.server.stop());

const onBucket = (method: string, query: string, body?: string): Promise<RawResponse> =>
  gateway.signed(
    {
      method,
      target: `/${bucket}?${query}`,
      bucket,
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    },
    quick,
  );

const onObject = (method: string, key: string, query = '', body?: string): Promise<RawResponse> =>
  gateway.signed(
    {
      method,
      target: `/${bucket}/${key}${query === '' ? '' : `?${query}`}`,
      bucket,
      key,
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    },
    quick,
  );

const setVersioning = (status: string): Promise<RawResponse> =>
  onBucket(
    'PUT',
    'versioning',
    `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
  );

async function put(key: string, body: string): Promise<string> {
  const answer = await onObject('PUT', key, '', body);
  expect(answer.status).toBe(200);
  return answer.headers.get('x-oss-version-id') ?? '';
}

interface Listed {
  readonly kind: string;
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: string;
}

async function listVersions(query = ''): Promise<Listed[]> {
  const answer = await onBucket('GET', `versions${query === '' ? '' : `&${query}`}`);
  expect(answer.status).toBe(200);
  const entries = answer.text.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs);
  return [...entries].map(([, kind = '', text = '']) => ({
    kind,
    key: element(text, 'Key') ?? '',
    versionId: element(text, 'VersionId') ?? '',
    isLatest: element(text, 'IsLatest') ?? '',
  }));
}

describe('a bucket that never had versioning', () => {
  test('says nothing of versions, and lists what is there as null', async () => {
    const state = await onBucket('GET', 'versioning');
    expect(state.status).toBe(200);
    expect(state.text).not.toContain('<Status>');
    expect(await put('plain', 'one')).toBe('');
    expect((await onObject('GET', 'plain')).headers.has('x-oss-version-id')).toBe(false);
    expect(await listVersions()).toEqual([
      { kind: 'Version', key: 'plain', versionId: 'null', isLatest: 'true' },
    ]);
    expect((await onObject('GET', 'plain', 'versionId=null')).text).toBe('one');
    expect((await onObject('DELETE', 'plain')).headers.has('x-oss-delete-marker')).toBe(false);
    expect(await listVersions()).toEqual([]);
  });
});

describe('the state', () => {
  test.each(['Never', '', 'Disabled', 'true'])('%o is refused', async (status) => {
    const answer = await setVersioning(status);
    expect(answer.status).toBe(400);
    expect(['InvalidArgument', 'MalformedXML']).toContain(element(answer.text, 'Code'));
    expect((await onBucket('GET', 'versioning')).text).not.toContain('<Status>');
  });
});

describe('an enabled bucket', () => {
  let before = '';
  let first = '';
  let second = '';
  let marker = '';

  beforeAll(async () => {
    await onObject('PUT', 'key', '', 'before');
    expect((await setVersioning('Enabled')).status).toBe(200);
    expect(element((await onBucket('GET', 'versioning')).text, 'Status')).toBe('Enabled');
    const info = (await onBucket('GET', 'bucketInfo')).text;
    expect(element(info, 'Versioning')).toBe('Enabled');
    before = 'null';
    first = await put('key', 'first');
    second = await put('key', 'second');
    const deleted = await onObject('DELETE', 'key');
    expect(deleted.status).toBe(204);
    expect(deleted.headers.get('x-oss-delete-marker')).toBe('true');
    marker = deleted.headers.get('x-oss-version-id') ?? '';
  });

  test('gives every version an id of 64 characters', () => {
    for (const id of [first, second, marker]) expect(id).toMatch(/^CAEQ[A-Za-z0-9_-]{60}$/);
    expect(new Set([first, second, marker]).size).toBe(3);
  });

  test('lists versions and markers newest first, mixed', async () => {
    expect(await listVersions('prefix=key')).toEqual([
      { kind: 'DeleteMarker', key: 'key', versionId: marker, isLatest: 'true' },
      { kind: 'Version', key: 'key', versionId: second, isLatest: 'false' },
      { kind: 'Version', key: 'key', versionId: first, isLatest: 'false' },
      { kind: 'Version', key: 'key', versionId: before, isLatest: 'false' },
    ]);
    const plain = await onBucket('GET', 'list-type=2');
    expect(plain.text).not.toContain('<Key>key</Key>');
  });

  test.each(['GET', 'HEAD'])('%s of the key finds the marker', async (method) => {
    const answer = await onObject(method, 'key');
    expectRefusal(answer, { status: 404, code: 'NoSuchKey' });
    expect(answer.headers.get('x-oss-delete-marker')).toBe('true');
    expect(answer.headers.get('x-oss-version-id')).toBe(marker);
  });

  test.each(['GET', 'HEAD'])('%s of the marker itself is not allowed', async (method) => {
    const answer = await onObject(method, 'key', `versionId=${marker}`);
    expectRefusal(answer, {
      status: 405,
      code: 'MethodNotAllowed',
      elements: { Method: method, ResourceType: 'DeleteMarker' },
    });
    expect(answer.headers.get('allow')).toBe('DELETE');
    expect(answer.headers.get('x-oss-delete-marker')).toBe('true');
  });

  test('every version is read by its id: whole, ranges, HEAD, objectMeta', async () => {
    for (const [id, body] of [
      [before, 'before'],
      [first, 'first'],
      [second, 'second'],
    ] as const) {
      const got = await onObject('GET', 'key', `versionId=${id}`);
      expect([got.status, got.text, got.headers.get('x-oss-version-id')]).toEqual([200, body, id]);
      const head = await onObject('HEAD', 'key', `versionId=${id}`);
      expect(head.headers.get('content-length')).toBe(String(body.length));
      const meta = await onObject('HEAD', 'key', `objectMeta&versionId=${id}`);
      expect(meta.headers.get('x-oss-version-id')).toBe(id);
      expect(meta.headers.get('content-length')).toBe(String(body.length));
    }
  });

  test('ids that are none, and ids that are not there', async () => {
    const unknown = `${first.slice(0, -4)}AAAA`;
    expectRefusal(await onObject('GET', 'key', `versionId=${unknown}`), {
      status: 404,
      code: 'NoSuchVersion',
      elements: { Key: 'key', VersionId: unknown },
    });
    expectRefusal(await onObject('GET', 'other', `versionId=${first}`), {
      status: 404,
      code: 'NoSuchVersion',
    });
    expectRefusal(await onObject('GET', 'key', 'versionId=234'), {
      status: 400,
      code: 'InvalidArgument',
      ec: '0012-00000202',
    });
    expectRefusal(await onObject('GET', 'key', 'versionId='), {
      status: 400,
      code: 'InvalidArgument',
      ec: '0012-00000201',
    });
  });

  test('the ACL of one version', async () => {
    const target = `/${bucket}/key?acl&versionId=${first}`;
    const headers = [['x-oss-object-acl', 'private']] as const;
    const set = await gateway.signed({ method: 'PUT', target, bucket, key: 'key', headers }, quick);
    expect([set.status, set.headers.get('x-oss-version-id')]).toEqual([200, first]);
    const one = await onObject('GET', 'key', `acl&versionId=${first}`);
    expect([element(one.text, 'Grant'), one.headers.get('x-oss-version-id')]).toEqual([
      'private',
      first,
    ]);
    const other = await onObject('GET', 'key', `acl&versionId=${second}`);
    expect(element(other.text, 'Grant')).toBe('default');
    expectRefusal(await onObject('GET', 'key', 'acl'), { status: 404, code: 'NoSuchKey' });
  });

  test('a signed URL to one version works under a newer one and under a marker', async () => {
    for (const [id, body] of [
      [first, 'first'],
      [second, 'second'],
    ] as const) {
      const got = await gateway.link({ key: 'key', query: [['versionId', id]] });
      expect([got.status, got.text]).toEqual([200, body]);
    }
    expectRefusal(await gateway.link({ key: 'key' }), { status: 404, code: 'NoSuchKey' });
    await put('key', 'newest');
    expect((await gateway.link({ key: 'key' })).text).toBe('newest');
    const old = await gateway.link({ key: 'key', query: [['versionId', first]] });
    expect(old.text).toBe('first');
    const newest = (await listVersions('prefix=key'))[0]?.versionId ?? '';
    await onObject('DELETE', 'key', `versionId=${newest}`);
  });

  test('pages follow each other by both markers', async () => {
    const all = await listVersions();
    let query = 'max-keys=1';
    const seen: Listed[] = [];
    for (let pages = 0; pages < 20; pages += 1) {
      const answer = await onBucket('GET', `versions&${query}`);
      const entry = (await listVersions(query))[0];
      if (entry !== undefined) seen.push(entry);
      if (element(answer.text, 'IsTruncated') === 'false') break;
      const nextKey = element(answer.text, 'NextKeyMarker');
      const nextVersion = element(answer.text, 'NextVersionIdMarker');
      query = `max-keys=1&key-marker=${nextKey}&version-id-marker=${nextVersion}`;
    }
    expect(seen).toEqual(all);
  });

  test.each([
    ['version-id-marker=null', '0012-00000105'],
    ['key-marker=key&version-id-marker=234', '0012-00000105'],
    ['max-keys=1001', '0012-00000102'],
    ['max-keys=-1', '0012-00000102'],
    ['max-keys=ten', '0012-00000102'],
  ])('%s is refused', async (query, ec) => {
    const answer = await onBucket('GET', `versions&${query}`);
    expectRefusal(answer, { status: 400, code: 'InvalidArgument', ec });
  });

  test('the marker removed, the version under it is the latest again', async () => {
    const removed = await onObject('DELETE', 'key', `versionId=${marker}`);
    expect(removed.status).toBe(204);
    expect(removed.headers.get('x-oss-delete-marker')).toBe('true');
    expect(removed.headers.get('x-oss-version-id')).toBe(marker);
    expect((await onObject('GET', 'key')).text).toBe('second');
    const gone = await onObject('DELETE', 'key', `versionId=${second}`);
    expect(gone.headers.has('x-oss-delete-marker')).toBe(false);
    expect((await onObject('GET', 'key')).text).toBe('first');
  });

  test('every plain delete is a marker, also of a key that never was', async () => {
    const ids = [];
    for (let times = 0; times < 2; times += 1) {
      const answer = await onObject('DELETE', 'never');
      expect(answer.headers.get('x-oss-delete-marker')).toBe('true');
      ids.push(answer.headers.get('x-oss-version-id'));
    }
    expect(new Set(ids).size).toBe(2);
    expect((await listVersions('prefix=never')).map(({ kind }) => kind)).toEqual([
      'DeleteMarker',
      'DeleteMarker',
    ]);
  });

  test('it is not empty while it has versions or markers', async () => {
    expectRefusal(await onBucket('DELETE', ''), { status: 409, code: 'BucketNotEmpty' });
  });
});

describe('a suspended bucket', () => {
  beforeAll(async () => {
    expect((await setVersioning('Suspended')).status).toBe(200);
  });

  test('writes and deletes the null version and keeps the others', async () => {
    expect((await setVersioning('Enabled')).status).toBe(200);
    const kept = await put('susp', 'kept');
    expect((await setVersioning('Suspended')).status).toBe(200);
    expect(await put('susp', 'null 1')).toBe('null');
    expect(await put('susp', 'null 2')).toBe('null');
    expect((await listVersions('prefix=susp')).map(({ versionId }) => versionId)).toEqual([
      'null',
      kept,
    ]);
    expect((await onObject('GET', 'susp', 'versionId=null')).text).toBe('null 2');
    const deleted = await onObject('DELETE', 'susp');
    expect(deleted.headers.get('x-oss-version-id')).toBe('null');
    expect(deleted.headers.get('x-oss-delete-marker')).toBe('true');
    expect(await listVersions('prefix=susp')).toEqual([
      { kind: 'DeleteMarker', key: 'susp', versionId: 'null', isLatest: 'true' },
      { kind: 'Version', key: 'susp', versionId: kept, isLatest: 'false' },
    ]);
    expect((await onObject('GET', 'susp', `versionId=${kept}`)).text).toBe('kept');
  });
});
