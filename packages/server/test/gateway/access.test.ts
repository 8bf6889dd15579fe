// Who may do what: anonymous requests, ACLs of buckets and objects, Block Public Access on its levels, a
// second account, keys that are disabled. Rules: signing reference §8, choices rows 1 and 8.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccessKey } from '../../src/index.ts';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  rootKey,
  startGateway,
} from '../support/gateway-under-test.ts';
import { element, type RawResponse } from '../support/raw-http.ts';

const bob: AccessKey = { accessKeyId: 'bobs-key', accessKeySecret: 'bobs-secret' };
let gateway: GatewayUnderTest;

beforeEach(async () => {
  const keys = [{ id: bob.accessKeyId, secret: bob.accessKeySecret }];
  const accounts = [{ id: '2000000000000002', displayName: 'bob', keys }];
  gateway = await startGateway({ accounts, blockPublicAccess: false });
  await request('PUT', 'key', { body: 'secret' });
});

afterEach(() => gateway.server.stop());

interface Asked {
  readonly query?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly as?: AccessKey | 'nobody';
}

/** `''` addresses the bucket. */
function request(method: string, key: string, asked: Asked = {}): Promise<RawResponse> {
  const { query = '', headers = [], body, as = rootKey } = asked;
  const target = `/${bucket}${key === '' ? '' : `/${key}`}${query === '' ? '' : `?${query}`}`;
  const sent = {
    method,
    target,
    bucket,
    headers,
    ...(key === '' ? {} : { key }),
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
  };
  return as === 'nobody' ? gateway.anonymous(sent) : gateway.signed(sent, quick, as);
}

const setBucketAcl = (acl: string): Promise<RawResponse> =>
  request('PUT', '', { query: 'acl', headers: [['x-oss-acl', acl]] });
const setObjectAcl = (acl: string): Promise<RawResponse> =>
  request('PUT', 'key', { query: 'acl', headers: [['x-oss-object-acl', acl]] });

const byBucket = {
  status: 403,
  code: 'AccessDenied',
  ec: '0003-00000001',
  message: 'You have no right to access this object because of bucket acl.',
} as const;

describe('ACLs', () => {
  test('of a bucket: read back, and what each gives to nobody and to another account', async () => {
    for (const [acl, read, write] of [
      ['private', 403, 403],
      ['public-read', 200, 403],
      ['public-read-write', 200, 200],
    ] as const) {
      expect((await setBucketAcl(acl)).status).toBe(200);
      const shown = await request('GET', '', { query: 'acl' });
      expect(element(shown.text, 'Grant')).toBe(acl);
      expect(element(shown.text, 'ID')).toBe('1000000000000001');
      for (const as of ['nobody', bob] as const) {
        expect((await request('GET', 'key', { as })).status).toBe(read);
        expect((await request('HEAD', 'key', { as })).status).toBe(read);
        expect((await request('PUT', 'new', { as, body: 'x' })).status).toBe(write);
        expect((await request('GET', '', { as })).status).toBe(403);
        expect((await request('GET', '', { as, query: 'acl' })).status).toBe(403);
        expect((await request('GET', '', { as, query: 'versions' })).status).toBe(403);
      }
    }
  });

  test('of an object beats that of its bucket, both ways', async () => {
    await setObjectAcl('public-read');
    expect((await request('GET', 'key', { as: 'nobody' })).text).toBe('secret');
    await setBucketAcl('public-read');
    await setObjectAcl('private');
    expectRefusal(await request('GET', 'key', { as: 'nobody' }), {
      status: 403,
      code: 'AccessDenied',
      ec: '0003-00000005',
    });
    await setObjectAcl('default');
    expect((await request('GET', 'key', { as: 'nobody' })).status).toBe(200);
    const shown = await request('GET', 'key', { query: 'acl' });
    expect(element(shown.text, 'Grant')).toBe('default');
  });

  test('only their owner reads and sets them', async () => {
    await setBucketAcl('public-read-write');
    await setObjectAcl('public-read-write');
    for (const as of ['nobody', bob] as const) {
      expectRefusal(await request('GET', 'key', { as, query: 'acl' }), {
        status: 403,
        code: 'AccessDenied',
        ec: '0003-00000007',
      });
      const headers = [['x-oss-object-acl', 'private']] as const;
      expectRefusal(await request('PUT', 'key', { as, query: 'acl', headers }), {
        status: 403,
        code: 'AccessDenied',
        ec: '0003-00000008',
      });
    }
    expect(element((await request('GET', 'key', { query: 'acl' })).text, 'Grant')).toBe(
      'public-read-write',
    );
  });

  test('a word that is no ACL, and none at all', async () => {
    expectRefusal(await setBucketAcl('public'), {
      status: 400,
      code: 'InvalidArgument',
      elements: { ArgumentName: 'x-oss-acl', ArgumentValue: 'public' },
    });
    expectRefusal(await setObjectAcl('public'), { status: 400, code: 'InvalidArgument' });
    expect((await request('PUT', '', { query: 'acl' })).status).toBe(400);
    expect((await request('PUT', 'key', { query: 'acl' })).status).toBe(400);
    expectRefusal(
      await request('PUT', 'missing', { query: 'acl', headers: [['x-oss-object-acl', 'private']] }),
      { status: 404, code: 'NoSuchKey' },
    );
  });

  test('PutBucketAcl makes the bucket where there is none', async () => {
    const target = '/made-by-acl?acl';
    const headers = [['x-oss-acl', 'public-read']] as const;
    const made = { method: 'PUT', target, bucket: 'made-by-acl', headers };
    expect((await gateway.signed(made, quick)).status).toBe(200);
    const shown = await gateway.signed({ target, bucket: 'made-by-acl' }, quick);
    expect(element(shown.text, 'Grant')).toBe('public-read');
    expectRefusal(await gateway.anonymous({ ...made, target: '/made-by-nobody?acl' }), {
      status: 403,
      code: 'AccessDenied',
    });
  });
});

describe('an anonymous request', () => {
  test('to a private bucket is told the same of what is there and what is not', async () => {
    for (const key of ['key', 'missing']) {
      expectRefusal(await request('GET', key, { as: 'nobody' }), byBucket);
      expectRefusal(await request('HEAD', key, { as: 'nobody' }), byBucket);
    }
    expectRefusal(await request('DELETE', 'key', { as: 'nobody' }), byBucket);
    expect((await request('GET', 'key')).text).toBe('secret');
  });

  test('may not override headers', async () => {
    await setBucketAcl('public-read');
    const query = 'response-content-type=text/html';
    expectRefusal(await request('GET', 'key', { as: 'nobody', query }), {
      status: 400,
      code: 'InvalidRequest',
      message: 'Request specific response headers cannot be used for anonymous GET requests.',
    });
    const missing = await request('GET', 'missing', { as: 'nobody' });
    expectRefusal(missing, { status: 404, code: 'NoSuchKey' });
  });

  test('a bad signature on a public object is refused all the same', async () => {
    await setBucketAcl('public-read');
    const as = { ...rootKey, accessKeySecret: 'wrong' };
    expectRefusal(await request('GET', 'key', { as }), {
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });
});

describe('Block Public Access', () => {
  const block = (on: boolean): string =>
    '<PublicAccessBlockConfiguration>' +
    `<BlockPublicAccess>${on}</BlockPublicAccess></PublicAccessBlockConfiguration>`;
  const ofBucket = (method: string, body?: string): Promise<RawResponse> =>
    request(method, '', {
      query: 'publicAccessBlock',
      ...(body === undefined ? {} : { body }),
    });
  const ofAccount = (method: string, body?: string, as: AccessKey = rootKey) =>
    gateway.signed(
      {
        method,
        target: '/?publicAccessBlock',
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
      },
      quick,
      as,
    );
  const isBlocked = (answer: RawResponse): string | undefined =>
    element(answer.text, 'BlockPublicAccess');

  test('of the bucket: what was public is not, and no public ACL is taken', async () => {
    await setBucketAcl('public-read');
    expect(isBlocked(await ofBucket('GET'))).toBe('false');
    expect((await ofBucket('PUT', block(true))).status).toBe(200);
    expect(isBlocked(await ofBucket('GET'))).toBe('true');
    expectRefusal(await request('GET', 'key', { as: 'nobody' }), byBucket);
    const refused = { status: 403, code: 'AccessDenied', message: /Block Public Access is on/ };
    expectRefusal(await setBucketAcl('public-read'), refused);
    expectRefusal(await setObjectAcl('public-read'), refused);
    const headers = [['x-oss-object-acl', 'public-read']] as const;
    expectRefusal(await request('PUT', 'another', { headers, body: 'x' }), refused);
    expect((await request('GET', 'another')).status).toBe(404);
    expect((await setBucketAcl('private')).status).toBe(200);
    expect((await ofBucket('DELETE')).status).toBe(204);
    expect(isBlocked(await ofBucket('GET'))).toBe('false');
    expect((await setBucketAcl('public-read')).status).toBe(200);
    expect((await request('GET', 'key', { as: 'nobody' })).status).toBe(200);
  });

  test('of the account: over all its buckets, and no other account', async () => {
    await setBucketAcl('public-read');
    expect(isBlocked(await ofAccount('GET'))).toBe('false');
    expect((await ofAccount('PUT', block(true), bob)).status).toBe(200);
    expect((await request('GET', 'key', { as: 'nobody' })).status).toBe(200);
    expect((await ofAccount('PUT', block(true))).status).toBe(200);
    expect(isBlocked(await ofAccount('GET'))).toBe('true');
    expectRefusal(await request('GET', 'key', { as: 'nobody' }), byBucket);
    expect((await ofAccount('DELETE')).status).toBe(204);
    expect((await request('GET', 'key', { as: 'nobody' })).status).toBe(200);
    const anonymous = await gateway.anonymous({ target: '/?publicAccessBlock' });
    expectRefusal(anonymous, { status: 403, code: 'AccessDenied', ec: '0003-00001201' });
  });

  test('a document that says neither is refused', async () => {
    for (const body of [block(true).replace('true', 'yes'), '<PublicAccessBlockConfiguration/>']) {
      expect((await ofBucket('PUT', body)).status).toBe(400);
    }
    expect(isBlocked(await ofBucket('GET'))).toBe('false');
  });
});

describe('a second account', () => {
  test('cannot do anything to a bucket that is not its own, and owns its own', async () => {
    const refused = {
      status: 403,
      code: 'AccessDenied',
      message: 'The bucket you access does not belong to you.',
    };
    for (const query of ['', 'acl', 'versioning', 'versions', 'bucketInfo', 'location', 'cors']) {
      expectRefusal(await request('GET', '', { as: bob, query }), refused);
    }
    for (const query of ['cname', 'publicAccessBlock', 'cname=a.example.com&comp=token']) {
      expectRefusal(await request('GET', '', { as: bob, query }), refused);
    }
    expectRefusal(await request('DELETE', '', { as: bob }), refused);
    expectRefusal(await request('GET', 'key', { as: bob }), byBucket);
    const own = { method: 'PUT', target: '/bobs-bucket', bucket: 'bobs-bucket' };
    expect((await gateway.signed(own, quick, bob)).status).toBe(200);
    expectRefusal(await gateway.signed({ ...own, method: 'DELETE' }, quick), refused);
    const listed = await gateway.signed({ target: '/' }, quick, bob);
    expect(listed.text).toContain('<Name>bobs-bucket</Name>');
    expect(listed.text).not.toContain(`<Name>${bucket}</Name>`);
  });
});

test('a disabled key is refused on the next request, also in a link made before', async () => {
  expect((await gateway.link({ key: 'key' })).text).toBe('secret');
  await gateway.server.store.credentials.disable(rootKey.accessKeyId);
  const disabled = {
    status: 403,
    code: 'InvalidAccessKeyId',
    ec: '0002-00000903',
    message: 'The OSS Access Key Id you provided is disabled.',
    elements: { OSSAccessKeyId: rootKey.accessKeyId },
  };
  expectRefusal(await gateway.link({ key: 'key' }), disabled);
  expectRefusal(await request('GET', 'key'), disabled);
  await gateway.server.store.credentials.enable(rootKey.accessKeyId);
  expect((await gateway.link({ key: 'key' })).text).toBe('secret');
});
