// Work in turns: one at a time, in order, whatever fails.
import { expect, test } from 'vitest';
import { Turns } from '../../../src/boot/process/turns.ts';

test('one after the other, a failure included', async () => {
  const turns = new Turns();
  const said: string[] = [];
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      said.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      said.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const [first, second, third] = [
    turns.take(work('first')),
    turns.take(work('second', true)),
    turns.take(work('third')),
  ];
  await expect(second).rejects.toThrow('second');
  await turns.over();
  expect(await Promise.all([first, third])).toEqual(['first', 'third']);
  const order = ['first', 'second', 'third'];
  expect(said).toEqual(order.flatMap((name) => [`${name} begins`, `${name} ends`]));
});
