import { expect, test } from 'vitest';
import { type Stallable, StallGuard } from '../../../src/gateway/http/stall-guard.ts';

const limits = { windowMs: 1_000, bytesMin: 100 };

class Moving implements Stallable {
  bytes = 0;
  waits = true;
  index = -1;
  stalls = 0;

  progressBytes(): number {
    return this.bytes;
  }

  waitsForClient(): boolean {
    return this.waits;
  }

  stalled(): void {
    this.stalls += 1;
  }
}

function guarded(): { guard: StallGuard; after: (ms: number) => void } {
  let now = 0;
  const guard = new StallGuard({ now: () => 0, monotonic: () => now }, limits);
  const after = (ms: number): void => {
    now += ms;
    guard.check();
  };
  return { guard, after };
}

test('who moves too little in a window is stalled, once', () => {
  const { guard, after } = guarded();
  const slow = new Moving();
  const steady = new Moving();
  guard.watch(slow);
  guard.watch(steady);
  after(0);
  slow.bytes += 99;
  steady.bytes += 100;
  after(999);
  expect(slow.stalls).toBe(0);
  after(1);
  expect([slow.stalls, steady.stalls]).toEqual([1, 0]);
  after(5_000);
  expect([slow.stalls, steady.stalls]).toEqual([1, 1]);
  after(5_000);
  expect([slow.stalls, steady.stalls]).toEqual([1, 1]);
});

test('who does not wait for its client never stalls', () => {
  const { guard, after } = guarded();
  const busy = new Moving();
  busy.waits = false;
  guard.watch(busy);
  for (let round = 0; round < 5; round += 1) after(1_000);
  expect(busy.stalls).toBe(0);
});

test('what has ended is left alone, in whatever order it ends', () => {
  const { guard, after } = guarded();
  const all = Array.from({ length: 7 }, () => new Moving());
  for (const exchange of all) guard.watch(exchange);
  after(0);
  for (const index of [6, 0, 3]) guard.unwatch(all[index] as Moving);
  guard.unwatch(all[3] as Moving);
  after(1_000);
  expect(all.map(({ stalls }) => stalls)).toEqual([0, 1, 1, 0, 1, 1, 0]);
});

test('a guard that stopped watches nobody', () => {
  const { guard, after } = guarded();
  const slow = new Moving();
  guard.watch(slow);
  after(0);
  guard.stop();
  guard.unwatch(slow);
  after(1_000);
  expect(slow.stalls).toBe(0);
});
