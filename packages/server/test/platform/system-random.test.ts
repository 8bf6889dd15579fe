// Bytes from the pool are as good as bytes from the system: never given twice, and the caller's own.
import { expect, test } from 'vitest';
import { SystemRandom } from '../../src/platform/system-random.ts';

const systemRandom = new SystemRandom();

test.each([1, 6, 16, 37, 64, 65, 3_072])('%i bytes', (length) => {
  const drawn = Array.from({ length: 300 }, () => systemRandom.bytes(length));
  expect(new Set(drawn.map((bytes) => bytes.length))).toEqual(new Set([length]));
  if (length >= 16) expect(new Set(drawn.map((bytes) => bytes.toString('hex'))).size).toBe(300);
  // Each bit of each place is sometimes set and sometimes not.
  for (let at = 0; at < length; at += 1) {
    const [all, any] = drawn.reduce(
      ([and, or], bytes) => [and & (bytes[at] as number), or | (bytes[at] as number)],
      [0xff, 0] as [number, number],
    );
    expect([all, any]).toEqual([0, 0xff]);
  }
});

test('changing what was given changes nothing that is given later', () => {
  const first = systemRandom.bytes(16);
  const before = Buffer.from(first);
  systemRandom.bytes(16).fill(0);
  expect(first).toEqual(before);
  expect(systemRandom.bytes(16)).not.toEqual(Buffer.alloc(16));
});
