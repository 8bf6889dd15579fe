// Credentials and access decisions. The table is signing reference §8, column by column.
import { type OssError, ossError } from '@osskeep/protocol';
import { describe, expect, test } from 'vitest';
import { Access } from '../../src/core/access/access.ts';
import type { Answer, Answerer } from '../../src/core/access/access-decision.ts';
import type { AccessNeed, AccessRequest } from '../../src/core/access/access-request.ts';
import { refusalOf } from '../../src/core/access/acl.ts';
import { anonymous, type Principal } from '../../src/core/access/principal.ts';
import { credentialKey } from '../../src/core/keys/configuration-keys.ts';
import { readRow } from '../../src/core/ports/read-rows.ts';
import type { BucketAcl, ObjectAcl } from '../../src/core/records/model.ts';
import { codeOf, createBucket, getBucket, openTestStore, owner, stranger } from './test-store.ts';

const theOwner: Principal = { kind: 'account', ownerId: owner.id, accessKeyId: 'a' };
const someone: Principal = { kind: 'account', ownerId: stranger.id, accessKeyId: 'b' };

/** Of a request whose conditions nobody may ask for. */
function question(asked: Partial<AccessRequest>): AccessRequest {
  return {
    principal: anonymous,
    action: 'oss:GetObject',
    need: 'read-object',
    resource: {},
    get conditions(): never {
      throw new Error('conditions were asked for');
    },
    ...asked,
  };
}

function decide(
  principal: Principal,
  need: AccessNeed,
  acl: BucketAcl,
  objectAcl: ObjectAcl = 'default',
  blockPublicAccess = false,
): string {
  const refusal = refusalOf({
    principal,
    need,
    objectAcl,
    bucket: { owner, acl, blockPublicAccess },
  });
  if (refusal === undefined) return 'yes';
  expect(refusal.code).toBe('AccessDenied');
  expect(refusal.status).toBe(403);
  return refusal.ec ?? refusal.message;
}

const byBucket = '0003-00000001';
const noRead = '0003-00000005';
const noWrite = 'You do not have write permission on this object.';

test.each([
  // bucket ACL, object ACL, anonymous read, anonymous write
  ['private', 'default', byBucket, byBucket],
  ['private', 'private', byBucket, byBucket],
  ['private', 'public-read', 'yes', byBucket],
  ['private', 'public-read-write', 'yes', 'yes'],
  ['public-read', 'default', 'yes', byBucket],
  ['public-read', 'private', noRead, byBucket],
  ['public-read', 'public-read-write', 'yes', 'yes'],
  ['public-read-write', 'default', 'yes', 'yes'],
  ['public-read-write', 'private', noRead, noWrite],
  ['public-read-write', 'public-read', 'yes', noWrite],
] as const)('bucket %s, object %s', (bucketAcl, objectAcl, read, write) => {
  for (const principal of [anonymous, someone]) {
    expect(decide(principal, 'read-object', bucketAcl, objectAcl)).toBe(read);
    expect(decide(principal, 'write-object', bucketAcl, objectAcl)).toBe(write);
    expect(decide(principal, 'read-object', bucketAcl, objectAcl, true)).toBe(byBucket);
    expect(decide(principal, 'write-object', bucketAcl, objectAcl, true)).toBe(byBucket);
  }
  expect(decide(theOwner, 'read-object', bucketAcl, objectAcl, true)).toBe('yes');
  expect(decide(theOwner, 'write-object', bucketAcl, objectAcl, true)).toBe('yes');
});

test.each([
  ['own-bucket', '0003-00001201', 'The bucket you access does not belong to you.'],
  ['list-objects', '0003-00000905', 'The bucket you access does not belong to you.'],
  ['read-object-acl', '0003-00000007', '0003-00000007'],
  ['write-object-acl', '0003-00000008', '0003-00000008'],
] as const)('%s is for the owner, whatever the ACL', (kind, forAnonymous, forStranger) => {
  for (const acl of ['private', 'public-read', 'public-read-write'] as const) {
    expect(decide(anonymous, kind, acl)).toBe(forAnonymous);
    expect(decide(someone, kind, acl)).toBe(forStranger);
    expect(decide(theOwner, kind, acl)).toBe('yes');
  }
});

test('what needs an account, and questions without a bucket', () => {
  expect(refusalOf({ principal: anonymous, need: 'signed' })?.ec).toBe('0003-00001201');
  expect(refusalOf({ principal: someone, need: 'signed' })).toBeUndefined();
  expect(refusalOf({ principal: theOwner, need: 'own-bucket' })?.code).toBe('AccessDenied');
});

test('the store looks at the ACL of the object that exists', async () => {
  const test = await openTestStore();
  const bucket = await createBucket(test);
  const ask = async (key: string): Promise<string | undefined> => {
    try {
      const resource = { bucket: await getBucket(test), key };
      await test.store.access.require(question({ resource }));
      return 'yes';
    } catch (error) {
      return (error as OssError).ec;
    }
  };
  await test.store.objects.put(bucket, 'open', { body: Buffer.from('x'), acl: 'public-read' });
  await test.store.objects.put(bucket, 'closed', { body: Buffer.from('x'), acl: 'private' });
  expect(await ask('open')).toBe('yes');
  // The same answer for an object of its own ACL and for none: nothing is revealed.
  expect([await ask('closed'), await ask('missing'), await ask('/bad')]).toEqual([
    byBucket,
    byBucket,
    byBucket,
  ]);
  await test.store.documents.put(bucket, 'acl', { acl: 'public-read' });
  expect([await ask('closed'), await ask('missing')]).toEqual([noRead, 'yes']);
  await test.store.documents.put(bucket, 'publicAccessBlock', { enabled: true });
  expect(await ask('open')).toBe(byBucket);
});

describe('the one question', () => {
  const says = (name: string, answer: Answer | undefined, waits = false): Answerer => ({
    name,
    answer: () => (waits ? Promise.resolve(answer) : answer),
  });
  const refusal = ossError('AccessDenied');
  const deny: Answer = { effect: 'deny', refusal };
  const allow: Answer = { effect: 'allow' };

  test.each([
    ['an explicit deny', deny, allow, 'deny', 'policy'],
    ['an allow', allow, deny, 'allow', 'policy'],
    ['no opinion, then an allow', undefined, allow, 'allow', 'acl'],
    ['no opinion, then a deny', undefined, deny, 'deny', 'acl'],
    ['no opinion at all', undefined, undefined, 'deny', undefined],
  ] as const)('%s', async (_what, policy, acl, effect, by) => {
    for (const waits of [false, true]) {
      const access = new Access([says('policy', policy, waits), says('acl', acl)]);
      const asked = question({ action: 'oss:PutObject' });
      expect(await access.decide(asked)).toMatchObject({ effect, by, action: 'oss:PutObject' });
      const outcome = await codeOf(Promise.resolve().then(() => access.require(asked)));
      expect(outcome).toBe(effect === 'deny' ? 'AccessDenied' : undefined);
    }
  });

  test('whoever decides first is the only one asked after', async () => {
    const asked: string[] = [];
    const listens = (name: string, answer: Answer | undefined): Answerer => ({
      name,
      answer: (request) => {
        asked.push(`${name} ${request.action}`);
        return answer;
      },
    });
    const all = [listens('a', undefined), listens('b', allow), listens('c', deny)];
    await new Access(all).require(question({ action: 'oss:DeleteObject' }));
    expect(asked).toEqual(['a oss:DeleteObject', 'b oss:DeleteObject']);
  });

  test('ownership and ACLs answer it in a store, at once for owners and without conditions', async () => {
    const test = await openTestStore();
    const bucket = await createBucket(test);
    const resource = { bucket, key: 'k' };
    const mine = test.store.access.decide(question({ principal: theOwner, resource }));
    expect(mine).toEqual({ effect: 'allow', action: 'oss:GetObject', by: 'acl' });
    const theirs = await test.store.access.decide(question({ principal: someone, resource }));
    expect(theirs).toMatchObject({ effect: 'deny', by: 'acl', refusal: { ec: byBucket } });
  });
});

describe('credentials', () => {
  const key = { accessKeyId: 'LTAI', secret: 'secret', owner };

  test('are found as they were added, with their principal', async () => {
    const test = await openTestStore();
    await test.store.credentials.add({ ...key, token: 'token', expiresMs: 99 });
    expect(await test.store.credentials.find(await test.store.view(), 'LTAI')).toEqual({
      ...key,
      token: 'token',
      expiresMs: 99,
      enabled: true,
      createdMs: test.clock.now(),
      principal: { kind: 'account', ownerId: owner.id, accessKeyId: 'LTAI' },
    });
    expect(await test.store.credentials.find(await test.store.view(), 'none')).toBeUndefined();
    expect(
      await test.store.credentials.find(await test.store.view(), 'x'.repeat(2000)),
    ).toBeUndefined();
  });

  test('a key disabled by one process is refused by another at once', async () => {
    const test = await openTestStore();
    const other = await openTestStore({ metadata: test.metadata, blobs: test.blobs });
    const find = async () =>
      other.store.credentials.find(await other.store.view({ accessKeyId: 'LTAI' }), 'LTAI');
    expect(await find()).toBeUndefined();
    await test.store.credentials.add(key);
    expect((await find())?.enabled).toBe(true);
    await test.store.credentials.disable('LTAI');
    expect((await find())?.enabled).toBe(false);
    await test.store.credentials.enable('LTAI');
    expect((await find())?.enabled).toBe(true);
    await test.store.credentials.remove('LTAI');
    expect(await find()).toBeUndefined();
  });

  test('adding twice, changing what is not there, putting what is already so', async () => {
    const test = await openTestStore();
    const { credentials } = test.store;
    await credentials.add(key);
    expect(await codeOf(credentials.add(key))).toContain('CredentialExistsError');
    expect(await codeOf(credentials.disable('none'))).toContain('NoSuchCredentialError');
    expect(await codeOf(credentials.remove('none'))).toBeUndefined();
    expect(await codeOf(credentials.add({ ...key, accessKeyId: 'a b' }))).toContain('RangeError');
    expect(await codeOf(credentials.add({ ...key, accessKeyId: 'b', secret: '' }))).toContain(
      'RangeError',
    );
    const row = () => readRow(test.metadata, credentialKey('LTAI'));
    const before = await row();
    await credentials.put(key);
    expect(await row()).toEqual(before);
    test.clock.advance(5);
    await credentials.put({ ...key, secret: 'other' });
    const [found] = await credentials.list(10);
    expect(found).toMatchObject({ secret: 'other', createdMs: test.clock.now() - 5 });
    expect(await credentials.list(10, 'LTAI')).toEqual([]);
  });

  test('another master key is told apart from a missing key', async () => {
    const test = await openTestStore();
    await test.store.credentials.add(key);
    const { store } = await openTestStore({
      metadata: test.metadata,
      blobs: test.blobs,
      masterKey: Buffer.alloc(32, 9),
    });
    expect(await codeOf(store.credentials.find(await store.view(), 'LTAI'))).toContain(
      'WrongMasterKeyError',
    );
  });
});
