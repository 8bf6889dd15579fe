// Races: one winner each (metadata model §10, invariants 2 and 3).
import { expect } from 'vitest';
import type { Outcome } from '../../../src/core/ports/metadata.ts';
import type { MetadataCheck } from './metadata-check.ts';
import { done, key, keysIn, rowAt, set } from './short-hand.ts';

const racers = 24;
const rounds = 20;

export const raceChecks: readonly MetadataCheck[] = [
  {
    name: 'of many commits at once each gets its own outcome',
    run: async (metadata) => {
      for (let round = 0; round < rounds; round += 1) {
        const name = (racer: number): string => `own/${round}/${racer}`;
        await done(metadata, { set: [set(name(0)), set(name(1))] });
        const outcomes = await race((racer) => {
          const row = name(racer);
          return metadata.commit({ check: [{ key: key(row), stamp: null }], set: [set(row)] });
        });
        for (const [racer, outcome] of outcomes.entries()) {
          const row = await rowAt(metadata, name(racer));
          const told = outcome.ok ? outcome.stamp : outcome.row?.stamp;
          expect(outcome.ok).toBe(racer > 1);
          expect(told).toBe(row?.stamp);
          if (!outcome.ok) expect(outcome.conflict.toString()).toBe(name(racer));
        }
      }
    },
  },
  {
    name: 'of many who claim one absent key, one wins and the others see its row',
    run: async (metadata) => {
      for (let round = 0; round < rounds; round += 1) {
        const name = `claim/${round}`;
        const outcomes = await race((racer) =>
          metadata.commit({
            check: [{ key: key(name), stamp: null }],
            set: [set(name, `racer ${racer}`)],
            add: [{ key: key('wins'), deltas: [1n] }],
          }),
        );
        await expectOneWinner(outcomes, async () => rowAt(metadata, name));
      }
      expect(await metadata.counters(key('wins'))).toEqual([BigInt(rounds)]);
    },
  },
  {
    name: 'of many who replace one row by its stamp, one wins',
    run: async (metadata) => {
      let stamp = await done(metadata, { set: [set('row', 'start')] });
      for (let round = 0; round < rounds; round += 1) {
        const seen = stamp;
        const outcomes = await race((racer) =>
          metadata.commit({
            check: [{ key: key('row'), stamp: seen }],
            set: [set('row', `${round} ${racer}`)],
          }),
        );
        stamp = await expectOneWinner(outcomes, async () => rowAt(metadata, 'row'));
      }
    },
  },
  {
    name: 'inserts under a guard and the emptiness that deletes the guard never both succeed',
    run: async (metadata) => {
      for (let round = 0; round < rounds; round += 1) {
        const guard = `guard/${round}`;
        const directory = `${guard}/objects/`;
        const stamp = await done(metadata, { set: [set(guard)] });
        const check = [{ key: key(guard), stamp }];
        const outcomes = await race((racer) =>
          racer === round % racers
            ? metadata.commit({
                check,
                empty: [{ from: key(directory), to: key(`${directory}\xff`) }],
                del: [key(guard)],
              })
            : metadata.commit({ check, set: [set(`${directory}${racer}`)] }),
        );
        const isDeleted = outcomes[round % racers]?.ok === true;
        const inserted = outcomes.filter((outcome) => outcome.ok).length - (isDeleted ? 1 : 0);
        expect(isDeleted ? inserted : 0).toBe(0);
        expect(await rowAt(metadata, guard)).toEqual(isDeleted ? null : expect.anything());
        expect(await keysIn(metadata, directory, `${directory}\xff`)).toHaveLength(inserted);
      }
    },
  },
];

function race(run: (racer: number) => Promise<Outcome>): Promise<Outcome[]> {
  return Promise.all(Array.from({ length: racers }, (_, racer) => run(racer)));
}

async function expectOneWinner(
  outcomes: readonly Outcome[],
  read: () => ReturnType<typeof rowAt>,
): Promise<bigint> {
  const winners = outcomes.filter((outcome) => outcome.ok);
  expect(winners).toHaveLength(1);
  const stamp = winners[0]?.stamp ?? 0n;
  const row = await read();
  expect(row?.stamp).toBe(stamp);
  for (const outcome of outcomes) {
    if (!outcome.ok) expect(outcome.row).toEqual(row);
  }
  return stamp;
}
