import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WriteBatch } from '../../../src/gateway/http/write-batch.ts';

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
  batch.add(socket('a'), Buffer.from('1'));
  await Promise.resolve();
  batch.add(socket('b'), Buffer.from('2'));
  events.push('all have run');
  await over;
  expect(events).toEqual(['all have run', 'a 1', 'b 2', 'next turn']);
  batch.add(socket('c'), Buffer.from('3'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(events.at(-1)).toBe('c 3');
});
