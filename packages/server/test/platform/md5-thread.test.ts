// The digests port by a thread: there when wanted, gone when closed.
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { Md5Thread } from '../../src/platform/md5-thread.ts';
import { openDigests } from '../../src/platform/open-digests.ts';

const abc = '900150983cd24fb0d6963f7d28e17f72';

/** Threads that this process starts from here on. */
function watchThreads(): { started(): number; running(): number } {
  let started = 0;
  let running = 0;
  const count = (worker: Worker): void => {
    started += 1;
    running += 1;
    worker.on('exit', () => {
      running -= 1;
    });
  };
  process.on('worker', count);
  onTestFinished(() => {
    process.off('worker', count);
  });
  return { started: () => started, running: () => running };
}

async function md5Of(thread: Md5Thread, text: string): Promise<string | undefined> {
  const md5 = thread.md5();
  await md5?.update(Buffer.from(text));
  return (await md5?.digest())?.toString('hex');
}

test('no thread before the first MD5, one for all, none after close', async () => {
  const threads = watchThreads();
  const thread = new Md5Thread();
  expect(threads.started()).toBe(0);
  expect(await Promise.all([md5Of(thread, 'abc'), md5Of(thread, 'abc')])).toEqual([abc, abc]);
  expect(threads.started()).toBe(1);
  await thread.close();
  expect(threads.running()).toBe(0);
  expect(thread.md5()).toBeUndefined();
  await thread.close();
  expect(threads.started()).toBe(1);
});

test('close fails what is under way, and what follows it', async () => {
  const thread = new Md5Thread();
  const md5 = thread.md5();
  const update = md5?.update(Buffer.from('abc'));
  const closing = thread.close();
  await expect(update).rejects.toThrow('thread that counts MD5');
  await closing;
  await expect(md5?.digest()).rejects.toThrow('thread that counts MD5');
});

test('two have a thread each, and one that is closed leaves the other', async () => {
  const threads = watchThreads();
  const [first, second] = [new Md5Thread(), new Md5Thread()];
  expect(await md5Of(first, 'abc')).toBe(abc);
  expect(await md5Of(second, 'abc')).toBe(abc);
  await first.close();
  expect(threads.running()).toBe(1);
  expect(await md5Of(second, 'abc')).toBe(abc);
  await second.close();
  expect(threads.running()).toBe(0);
});

test('on one core everybody counts for themselves', async () => {
  expect(openDigests(1).md5()).toBeUndefined();
  const several = openDigests(2);
  expect(several.md5()).toBeDefined();
  await several.close();
  const own = openDigests();
  expect(own.md5() !== undefined).toBe(availableParallelism() > 1);
  await own.close();
});
