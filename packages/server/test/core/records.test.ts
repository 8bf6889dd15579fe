// Stored records: what goes in comes out, newer formats are refused by name, secrets stay secret.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlobCorruptError } from '../../src/core/ports/blobs.ts';
import type { Body } from '../../src/core/records/body.ts';
import {
  decodeBucketDocument,
  encodeBucketDocument,
} from '../../src/core/records/bucket-document.ts';
import {
  decodeBucketFence,
  decodeBucketGuard,
  encodeBucketGuard,
  withVersioning,
} from '../../src/core/records/bucket-guard.ts';
import {
  type Credential,
  decodeCredential,
  encodeCredential,
} from '../../src/core/records/credential.ts';
import { NewerFormatError } from '../../src/core/records/format.ts';
import { decodeGarbage, encodeGarbage } from '../../src/core/records/garbage.ts';
import { inlineBodyBytes, sealInlineBody } from '../../src/core/records/inline-body.ts';
import { objectAcls, storageClasses } from '../../src/core/records/model.ts';
import { decodeHeartbeat, encodeHeartbeat } from '../../src/core/records/process.ts';
import { WrongMasterKeyError } from '../../src/core/records/sealed.ts';
import {
  decodeVersionBody,
  decodeVersionHead,
  decodeVersionTail,
  encodeVersion,
  withAcl,
  withNullSeq,
} from '../../src/core/records/version-row.ts';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

const bodies: fc.Arbitrary<Body> = fc.oneof(
  fc.constant<Body>({ kind: 'none' }),
  fc.record({
    kind: fc.constant('paged' as const),
    bodyId: bytes(16),
    extentCount: fc.integer({ min: 2, max: 2 ** 32 - 1 }),
  }),
  fc.record({
    kind: fc.constant('single' as const),
    bodyId: bytes(16),
    extent: fc.record({
      storage: fc.constantFrom('inline' as const, 'blob' as const),
      id: bytes(16),
      offset: fc.maxSafeNat(),
      length: fc.maxSafeNat(),
      encoding: fc.constantFrom(0, 1),
      dataKeyId: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    }),
  }),
);
const heads = fc.record({
  kind: fc.constantFrom('Normal', 'Multipart', 'Appendable', 'Symlink', 'DeleteMarker'),
  etagIsMd5: fc.boolean(),
  seq: fc.maxSafeNat(),
  nullSeq: fc.maxSafeNat(),
  mtimeMs: fc.maxSafeNat(),
  size: fc.maxSafeNat(),
  crc64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  etag: bytes(16),
  partCount: fc.integer({ min: 0, max: 10_000 }),
  storageClass: fc.constantFrom(...storageClasses),
  acl: fc.constantFrom(...objectAcls),
  random: bytes(37),
});
const pairs = fc
  .array(fc.tuple(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('__proto__')), fc.string()))
  .map((list) => new Map(list));

describe('version rows', () => {
  test('round trip, and patches change nothing else', () => {
    fc.assert(
      fc.property(heads, bodies, pairs, pairs, (head, body, headers, metadata) => {
        const value = encodeVersion(head, body, { headers, metadata });
        expect(decodeVersionHead(value)).toEqual(head);
        expect(decodeVersionBody(value)).toEqual(body);
        expect(decodeVersionTail(value)).toEqual({ headers, metadata });
        expect(decodeVersionHead(withNullSeq(value, 5))).toEqual({ ...head, nullSeq: 5 });
        const patched = withAcl(value, 'public-read');
        expect(decodeVersionHead(patched)).toEqual({ ...head, acl: 'public-read' });
        expect(decodeVersionTail(patched)).toEqual({ headers, metadata });
      }),
    );
  });

  test('the head is read without the tail', () => {
    fc.assert(
      fc.property(heads, bodies, (head, body) => {
        const value = encodeVersion(head, body, { headers: new Map(), metadata: new Map() });
        const broken = Buffer.concat([value, Buffer.of(0xc1, 0xc1)]);
        expect(decodeVersionHead(broken)).toEqual(head);
        expect(decodeVersionBody(broken)).toEqual(body);
      }),
    );
  });

  test('a newer format is refused by name', () => {
    expect(() => decodeVersionHead(Buffer.alloc(200, 2))).toThrow(NewerFormatError);
    expect(() => decodeVersionHead(Buffer.alloc(200, 2))).toThrow(/object version has format 2/);
    expect(() => decodeVersionHead(Buffer.alloc(0))).toThrow(/empty/);
    expect(() => decodeVersionHead(Buffer.of(1, 1))).toThrow(/cut short/);
  });
});

test('bucket guards', () => {
  const guard = {
    bucketId: Buffer.from('0102030405060708', 'hex'),
    versioning: 'never' as const,
    owner: { id: '42', displayName: '名字' },
    region: 'cn-hangzhou',
  };
  const value = encodeBucketGuard(guard);
  expect(decodeBucketGuard(value)).toEqual(guard);
  const { owner: _owner, region: _region, ...fence } = guard;
  expect(decodeBucketFence(value)).toEqual(fence);
  const changed = withVersioning(value, 'suspended');
  expect(decodeBucketGuard(changed)).toEqual({ ...guard, versioning: 'suspended' });
});

test('bucket documents, garbage and heartbeats', () => {
  const info = {
    createdMs: 1_767_323_045_000,
    storageClass: 'IA' as const,
    dataRedundancyType: 'ZRS' as const,
  };
  expect(decodeBucketDocument('info', encodeBucketDocument<'info'>(info))).toEqual(info);
  fc.assert(
    fc.property(bodies, fc.boolean(), (body, isDead) => {
      const garbage = { kind: 'body' as const, isDead, body };
      expect(decodeGarbage(encodeGarbage(garbage))).toEqual(garbage);
    }),
  );
  const remains = { kind: 'bucket' as const, isDead: false, bucketId: Buffer.alloc(8, 3) };
  expect(decodeGarbage(encodeGarbage(remains))).toEqual(remains);
  const heartbeat = { renewedMs: 1_767_323_045_000, settledBelow: 2 ** 32, isSettled: true };
  expect(decodeHeartbeat(encodeHeartbeat(heartbeat))).toEqual(heartbeat);
});

test('a damaged inline body is found', () => {
  const value = Buffer.concat([Buffer.alloc(5), Buffer.from('hello')]);
  expect(inlineBodyBytes(sealInlineBody(value)).toString()).toBe('hello');
  value[7] = (value[7] ?? 0) ^ 1;
  expect(() => inlineBodyBytes(value)).toThrow(BlobCorruptError);
});

describe('credentials', () => {
  const masterKey = Buffer.alloc(32, 1);
  const nonce = Buffer.alloc(12, 9);
  const credential: Credential = {
    accessKeyId: 'AK',
    secret: 'a very secret secret',
    token: 'a token',
    expiresMs: 5,
    enabled: true,
    owner: { id: '1', displayName: 'one' },
    createdMs: 4,
  };

  test('round trip, with and without a token', () => {
    const value = encodeCredential(credential, masterKey, nonce);
    expect(decodeCredential('AK', value, masterKey)).toEqual(credential);
    const { token: _token, expiresMs: _expires, ...plain } = credential;
    const plainValue = encodeCredential({ ...plain, enabled: false }, masterKey, nonce);
    expect(decodeCredential('AK', plainValue, masterKey)).toEqual({ ...plain, enabled: false });
  });

  test('nothing secret is readable, and the row belongs to its id and master key', () => {
    const value = encodeCredential(credential, masterKey, nonce);
    expect(value.includes('secret')).toBe(false);
    expect(value.includes('token')).toBe(false);
    expect(() => decodeCredential('OTHER', value, masterKey)).toThrow(WrongMasterKeyError);
    expect(() => decodeCredential('AK', value, Buffer.alloc(32))).toThrow(WrongMasterKeyError);
  });
});
