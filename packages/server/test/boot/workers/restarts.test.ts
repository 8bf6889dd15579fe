// When a worker that ended is started again.
import { expect, test } from 'vitest';
import { defaultRestartTimes, Restarts } from '../../../src/boot/workers/restarts.ts';

const times = { earlyMs: 1_000, firstDelayMs: 100, delayMsMax: 500, earlyEndsMax: 5 };

test('at once after a life, later and later after early ends, at last not at all', () => {
  const restarts = new Restarts(times);
  expect(restarts.delayAfter(1_000)).toBe(0);
  expect([0, 999, 5, 0, 0].map((lived) => restarts.delayAfter(lived))).toEqual([
    100, 200, 400, 500, 500,
  ]);
  expect(restarts.delayAfter(0)).toBeUndefined();
  expect(restarts.earlyEnds).toBe(6);
});

test('one life makes good for all early ends before it', () => {
  const restarts = new Restarts(times);
  for (let end = 0; end < 5; end += 1) restarts.delayAfter(0);
  expect(restarts.delayAfter(5_000)).toBe(0);
  expect(restarts.delayAfter(0)).toBe(100);
});

test('a crash loop ends within ten seconds of waiting', () => {
  const restarts = new Restarts(defaultRestartTimes);
  let waited = 0;
  for (let delay = restarts.delayAfter(0); delay !== undefined; delay = restarts.delayAfter(0)) {
    waited += delay;
  }
  expect(waited).toBeGreaterThan(3_000);
  expect(waited).toBeLessThan(10_000);
});
