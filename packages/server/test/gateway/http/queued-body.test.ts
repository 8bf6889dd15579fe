// The memory of a body's chunks: freed when told, and only where the chunk is alone in it.
import { expect, test } from 'vitest';
import { type BodySource, QueuedBody } from '../../../src/gateway/http/queued-body.ts';

const body = new QueuedBody({} as BodySource);

test('a chunk with memory of its own is freed', () => {
  const chunk = new Uint8Array(65_536);
  body.release(chunk);
  expect(chunk.length).toBe(0);
});

test.each([
  ['a part of a larger buffer', new Uint8Array(new ArrayBuffer(65_537), 0, 65_536)],
  ['a small chunk', new Uint8Array(1_000)],
  ['shared memory', new Uint8Array(new SharedArrayBuffer(65_536))],
])('%s is left alone', (_name, chunk) => {
  const { length } = chunk;
  body.release(chunk);
  expect(chunk.length).toBe(length);
});
