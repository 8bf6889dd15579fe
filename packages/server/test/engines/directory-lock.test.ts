// One server per data folder: refused while its holder lives, free as soon as it is dead.
import { mkdir, readdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { shortPath } from '../../src/engines/embedded/disk/short-path.ts';
import {
  DirectoryInUseError,
  type DirectoryLock,
  lockDirectory,
} from '../../src/engines/embedded/index.ts';
import { type Child, startChild } from './child.ts';
import { temporaryDirectory } from './temporary-directory.ts';

async function startHolder(directory: string, address = ''): Promise<Child> {
  const child = startChild('lock-holder', [directory, address]);
  expect(await child.hear()).toBe('ready');
  return child;
}

async function take(child: Child): Promise<string> {
  child.say('take');
  return child.hear();
}

describe('the lock of a data folder', () => {
  test('is refused with a sentence that says who holds it and where it listens', async () => {
    const directory = await temporaryDirectory();
    const holder = await startHolder(directory, 'http://127.0.0.1:6770');
    expect(await take(holder)).toBe('held');
    const second = await startHolder(directory);
    const refusal = await take(second);
    expect(refusal).toMatch(/^DirectoryInUseError: The data folder .* is in use by process \d+/);
    expect(refusal).toContain(`process ${holder.pid}, running since 20`);
    expect(refusal).toContain('listening on http://127.0.0.1:6770');
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
    expect(await take(holder)).toBe('released');
    const lock = await lockDirectory(directory);
    await lock.release();
  });

  test('of a holder killed with kill -9 is free for the next start', async () => {
    const directory = await temporaryDirectory();
    for (let round = 0; round < 3; round += 1) {
      const holder = await startHolder(directory);
      expect(await take(holder)).toBe('held');
      await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
      await holder.kill('SIGKILL');
    }
    const lock = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
    await lock.release();
  });

  test('works in a folder whose path is longer than a socket takes', async () => {
    const directory = join(await temporaryDirectory(), 'x'.repeat(100), 'y'.repeat(100));
    await mkdir(directory, { recursive: true });
    const holder = await startHolder(directory);
    expect(await take(holder)).toBe('held');
    await expect(lockDirectory(directory)).rejects.toThrow(/in use by process/);
    await holder.kill('SIGKILL');
    await (await lockDirectory(directory)).release();
  });

  test('is held also by a process that is stopped and cannot answer', async () => {
    const directory = await temporaryDirectory();
    const holder = await startHolder(directory);
    expect(await take(holder)).toBe('held');
    process.kill(holder.pid, 'SIGSTOP');
    await expect(lockDirectory(directory)).rejects.toThrow(/does not say which it is/);
    process.kill(holder.pid, 'SIGCONT');
    await holder.kill('SIGKILL');
  });

  test('does not wait for a visitor that stays connected', async () => {
    const directory = await temporaryDirectory();
    const lock = await lockDirectory(directory);
    const name = (await readdir(directory)).find((each) => each.startsWith('lock.')) ?? '';
    const visitor = connect(join(directory, name));
    visitor.on('error', () => undefined);
    visitor.resume();
    await new Promise((resolve) => visitor.once('connect', resolve));
    await lock.release();
    visitor.destroy();
  });
});

describe('racers', () => {
  /** Returns what the winners hold. */
  async function race(directory: string, racers: number): Promise<DirectoryLock[]> {
    const attempts = Array.from({ length: racers }, () => lockDirectory(directory));
    const settled = await Promise.allSettled(attempts);
    for (const attempt of settled) {
      if (attempt.status === 'rejected') {
        expect(attempt.reason).toBeInstanceOf(DirectoryInUseError);
      }
    }
    return settled.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  }

  test('one wins, in a new folder and after each release', async () => {
    const directory = await temporaryDirectory();
    for (let round = 0; round < 40; round += 1) {
      const winners = await race(directory, 12);
      expect(winners, `round ${round}`).toHaveLength(1);
      await winners[0]?.release();
    }
    // What dead locks leave does not grow with the number of starts.
    expect((await readdir(directory)).length).toBeLessThan(15);
  });

  test('one process of several wins over a dead holder', async () => {
    const directory = await temporaryDirectory();
    for (let round = 0; round < 2; round += 1) {
      const dead = await startHolder(directory);
      expect(await take(dead)).toBe('held');
      await dead.kill('SIGKILL');
      const racers = await Promise.all(Array.from({ length: 4 }, () => startHolder(directory)));
      const results = await Promise.all(racers.map(take));
      expect(results.filter((result) => result === 'held')).toHaveLength(1);
      expect(results.filter((result) => result.includes('is in use by'))).toHaveLength(3);
      await Promise.all(racers.map((racer) => racer.kill('SIGKILL')));
    }
  });
});

describe('a short path', () => {
  test.each(['linux', 'darwin'] as const)('takes sockets on %s', async (platform) => {
    const directory = join(await temporaryDirectory(), 'z'.repeat(200));
    await mkdir(directory);
    const short = await shortPath(directory, platform);
    expect(short.path.length).toBeLessThan(80);
    const server = createServer();
    onTestFinished(() => void server.close());
    server.listen(join(short.path, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await readdir(directory)).toEqual(['socket']);
    await new Promise((resolve) => server.close(resolve));
    await short.release();
  });
});
