import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WriteBatch } from '../../../../src/gateway/http/plain/write-batch.ts';

test('what a turn adds is written together, in order, before anything else is heard', async () => {
  const batch = new WriteBatch();
  const events: string[] = [];
  const socket = (name: string): Socket =>
    ({ write: (bytes: Buffer) => events.push(`${name} ${bytes}`) }) as unknown as Socket;
  const over = new Promise<void>((resolve) => {
    setImmediate(() => {
      events.push('next turn');
      resolve();
    });
  });
  await Promise.resolve();
  batch.add(socket('a'), '1', Buffer.from('one'));
  await Promise.resolve();
  batch.add(socket('b'), '', Buffer.from('2'));
  events.push('all have run');
  await over;
  expect(events).toEqual(['all have run', 'a 1one', 'b 2', 'next turn']);
  batch.add(socket('c'), '3', Buffer.alloc(0));
  await new Promise((resolve) => setImmediate(resolve));
  expect(events.at(-1)).toBe('c 3');
});

test('what a socket does not take at once is not overwritten by later answers', async () => {
  const batch = new WriteBatch();
  const given: Buffer[] = [];
  const slow = {
    writableLength: 3,
    write: (bytes: Buffer) => given.push(bytes),
  } as unknown as Socket;
  for (const text of ['one', 'two', 'six']) {
    batch.add(slow, text, Buffer.alloc(0));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(given.map(String)).toEqual(['one', 'two', 'six']);
});

test('a turn of more than one slab', async () => {
  const batch = new WriteBatch();
  const given: Buffer[] = [];
  const quick = {
    writableLength: 0,
    write: (bytes: Buffer) => given.push(Buffer.from(bytes)),
  } as unknown as Socket;
  const bodies = Array.from({ length: 100 }, (_, at) => Buffer.alloc(16_000, at));
  for (const body of bodies) batch.add(quick, 'head', body);
  await new Promise((resolve) => setImmediate(resolve));
  expect(given).toEqual(bodies.map((body) => Buffer.concat([Buffer.from('head'), body])));
});
