// What a start opened is closed in reverse order, whatever fails on the way.
import { expect, test } from 'vitest';
import { ClosingStack, openOrClose } from '../../../src/boot/process/closing-stack.ts';

/** A stack of three things, which say when they are closed. */
function three(stack: ClosingStack, failing: readonly string[] = []): string[] {
  const closed: string[] = [];
  for (const name of ['engines', 'store', 'front']) {
    stack.add(async () => {
      await Promise.resolve();
      closed.push(name);
      if (failing.includes(name)) throw new Error(`${name} is stuck`);
    });
  }
  return closed;
}

test('last first, each after the one before, once', async () => {
  const stack = new ClosingStack();
  const closed = three(stack);
  await stack.close();
  await stack.close();
  expect(closed).toEqual(['front', 'store', 'engines']);
});

test('what cannot be closed keeps nothing open, and every failure is told', async () => {
  const stack = new ClosingStack();
  const closed = three(stack, ['front', 'store']);
  const closing = stack.close();
  await expect(closing).rejects.toThrow('front is stuck');
  await expect(closing).rejects.toMatchObject({
    errors: [new Error('front is stuck'), new Error('store is stuck')],
  });
  expect(closed).toEqual(['front', 'store', 'engines']);
  three(stack, ['store']);
  await expect(stack.close()).rejects.toEqual(new Error('store is stuck'));
});

test('a start that fails closes what it had opened, and says why it failed', async () => {
  let closed: string[] = [];
  const failures: unknown[] = [];
  const start = openOrClose(
    async (opened) => {
      closed = three(opened, ['store']);
      throw new Error('no port');
    },
    (error) => failures.push(error),
  );
  await expect(start).rejects.toThrow('no port');
  expect(closed).toEqual(['front', 'store', 'engines']);
  expect(failures).toEqual([new Error('store is stuck')]);
});

test('one that succeeds leaves them open', async () => {
  let closed: string[] = [];
  const stack = await openOrClose(async (opened) => {
    closed = three(opened);
    return opened;
  });
  expect(closed).toEqual([]);
  await stack.close();
  expect(closed).toHaveLength(3);
});
