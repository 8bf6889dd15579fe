import { expect, test } from 'vitest';
import { inLanes } from '../../src/work/lanes.ts';

async function* numbers(count: number, taken: number[] = []): AsyncGenerator<number> {
  for (let at = 0; at < count; at += 1) {
    taken.push(at);
    yield at;
  }
}

test('works on all, on so many at a time, and takes no more than it works on', async () => {
  const taken: number[] = [];
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await inLanes(numbers(50, taken), 4, async (item) => {
    running += 1;
    most = Math.max(most, running);
    expect(taken.length - done.length).toBeLessThanOrEqual(8);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(item);
  });
  expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at));
  expect(most).toBe(4);
});

test('the first failure ends it, after what is under way', async () => {
  let running = 0;
  const started: number[] = [];
  const work = inLanes(numbers(1000), 3, async (item) => {
    started.push(item);
    running += 1;
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (item === 5) throw new Error('the fifth');
  });
  await expect(work).rejects.toThrow('the fifth');
  expect(running).toBe(0);
  expect(started.length).toBeLessThan(12);
});

test('a source that fails ends it, too', async () => {
  async function* broken(): AsyncGenerator<number> {
    yield 1;
    throw new Error('no more');
  }
  await expect(inLanes(broken(), 2, async () => {})).rejects.toThrow('no more');
});
