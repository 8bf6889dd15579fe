// What `limits.cacheBytes` bounds: all that shares it together, and nothing of it where it is 0.
import { expect, test } from 'vitest';
import {
  knownLinkBytes,
  objectCacheBytes,
  stampBytes,
} from '../../src/boot/settings/cache-settings.ts';

function sharesOf(cacheBytes: number): number[] {
  const limits = { limits: { cacheBytes } } as Parameters<typeof stampBytes>[0];
  return [objectCacheBytes(limits), knownLinkBytes(limits), stampBytes(limits)];
}

test.each([0, 1, 5, 7, 1_000, 201_326_592, 2 ** 40])('%i bytes are never exceeded', (bytes) => {
  const shares = sharesOf(bytes);
  expect(shares.every((share) => Number.isInteger(share) && share >= 0)).toBe(true);
  expect(shares.reduce((sum, share) => sum + share)).toBeLessThanOrEqual(bytes);
});

test('each has its share', () => {
  const mebibytes = sharesOf(192 * 2 ** 20).map((share) => share / 2 ** 20);
  expect(mebibytes).toEqual([120, 48, 24]);
});
