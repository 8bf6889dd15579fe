// Metadata keys: byte order is the order that listings need, and every key can be read back.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { garbageEnqueuedMs, garbageKey } from '../../src/core/keys/body-keys.ts';
import { prefixEnd } from '../../src/core/keys/bytes.ts';
import { bucketOfOwnerKey, bucketOfOwnerName } from '../../src/core/keys/configuration-keys.ts';
import { tag } from '../../src/core/keys/tags.ts';
import { objectRowKey, versionRowKey, versionsOfKey } from '../../src/core/keys/version-keys.ts';
import { keyAfter } from '../../src/core/ports/read-rows.ts';
import { keyOfHead, partsOfVersionKey } from './read-keys.ts';
import { hostileKeys } from './test-store.ts';

const bucketId = Buffer.from('ff00ff00ff00ff00', 'hex');
const objectKeys = fc.oneof(
  fc.constantFrom(...hostileKeys),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((key) => !key.includes('\0')),
  fc.string({ unit: fc.constantFrom('a', '/', '\u0001', '\ue000', '😀'), minLength: 1 }),
);
const seqs = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.maxSafeNat());

test('every keyspace has a tag of its own', () => {
  expect(new Set(Object.values(tag)).size).toBe(Object.keys(tag).length);
});

test('heads sort as the UTF-8 bytes of their keys', () => {
  fc.assert(
    fc.property(objectKeys, objectKeys, (a, b) => {
      const order = Buffer.compare(
        objectRowKey(bucketId, Buffer.from(a)),
        objectRowKey(bucketId, Buffer.from(b)),
      );
      expect(order).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(keyOfHead(objectRowKey(bucketId, Buffer.from(a))).toString()).toBe(a);
    }),
  );
});

test('older versions sort by key, then newest first, inside the range of their key only', () => {
  fc.assert(
    fc.property(objectKeys, objectKeys, seqs, seqs, (a, b, first, second) => {
      const [keyA, keyB] = [Buffer.from(a), Buffer.from(b)];
      const [rowA, rowB] = [
        versionRowKey(bucketId, keyA, first),
        versionRowKey(bucketId, keyB, second),
      ];
      const byKey = Buffer.compare(keyA, keyB);
      expect(Buffer.compare(rowA, rowB)).toBe(byKey === 0 ? Math.sign(second - first) : byKey);
      const { key, seq } = partsOfVersionKey(rowA);
      expect([key.toString(), seq]).toEqual([a, first]);
      const range = versionsOfKey(bucketId, keyB);
      const isInside = Buffer.compare(rowA, range.from) >= 0 && Buffer.compare(rowA, range.to) < 0;
      expect(isInside).toBe(a === b);
    }),
  );
});

test('a prefix ends behind everything that starts with it and before everything else', () => {
  const bytes = fc.uint8Array({ maxLength: 4 });
  fc.assert(
    fc.property(bytes, bytes, (start, other) => {
      const prefix = Buffer.from([1, ...start]);
      const key = Buffer.from([1, ...other]);
      const isIn = Buffer.compare(key, prefix) >= 0 && Buffer.compare(key, prefixEnd(prefix)) < 0;
      expect(isIn).toBe(key.subarray(0, prefix.length).equals(prefix));
      expect(Buffer.compare(keyAfter(prefix), prefix)).toBe(1);
    }),
  );
  expect(prefixEnd(Buffer.of(1, 0xff, 0xff))).toEqual(Buffer.of(2));
});

test('buckets of an owner and garbage can be read back', () => {
  expect(bucketOfOwnerName(bucketOfOwnerKey('1234', 'a-bucket'))).toBe('a-bucket');
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
      const random = Buffer.alloc(8);
      expect(garbageEnqueuedMs(garbageKey(a, random))).toBe(a);
      expect(Buffer.compare(garbageKey(a, random), garbageKey(b, random))).toBe(Math.sign(a - b));
    }),
  );
});
