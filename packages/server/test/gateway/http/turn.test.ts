import { expect, test } from 'vitest';
import { Turn } from '../../../src/gateway/http/turn.ts';

test('what one turn reads runs together, in order, after the last of it was read', async () => {
  const turn = new Turn();
  const order: string[] = [];
  const request = async (name: string): Promise<void> => {
    order.push(`${name} read`);
    await turn.read();
    order.push(`${name} run`);
  };
  await Promise.all([request('a'), request('b')]);
  expect(order).toEqual(['a read', 'b read', 'a run', 'b run']);
});

test('each turn has an end of its own', async () => {
  const turn = new Turn();
  await turn.read();
  const next = turn.read();
  let isOver = false;
  void next.then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  await next;
});
