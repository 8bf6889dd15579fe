// Which route a request takes never depends on the order of a list: two that tie are refused at the start.
import { notBuiltOperations, type Route, subResources } from '@osskeep/protocol';
import { describe, expect, test } from 'vitest';
import { registry } from '../../../src/gateway/registry.ts';
import {
  type Candidate,
  OperationSelector,
} from '../../../src/gateway/routes/operation-selector.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

const all: readonly Candidate[] = [
  ...registry.map(({ operation: { name, route } }) => ({ name, route })),
  ...Object.entries(notBuiltOperations).map(([name, route]) => ({ name, route })),
];

function onBucket(query: Route['query'], more: Partial<Route> = {}): Route {
  return { method: 'GET', on: 'bucket', ...(query === undefined ? {} : { query }), ...more };
}

function selectorOf(...routes: readonly Route[]): OperationSelector<Candidate> {
  return new OperationSelector(routes.map((route, at) => ({ name: `route ${at}`, route })));
}

describe('refused at the start', () => {
  test.each([
    ['the same', onBucket({ acl: true }), onBucket({ acl: true })],
    ['two names that are no sub-resources', onBucket({ prefix: true }), onBucket({ marker: true })],
    ['a sub-resource and a common name', onBucket({ acl: true }), onBucket({ prefix: true })],
    ['two headers', onBucket({}, { header: 'x-a' }), onBucket({}, { header: 'x-b' })],
    [
      'a sub-resource with one or the other beside it',
      onBucket({ metaQuery: true, comp: 'add' }),
      onBucket({ metaQuery: true, action: 'list' }),
    ],
    ['a value and any value of another name', onBucket({ prefix: 'a' }), onBucket({ marker: 'b' })],
  ])('%s', (_which, a, b) => {
    expect(() => selectorOf(a, b)).toThrow(/route [01] and route [01] tie/);
    expect(() => selectorOf(b, a)).toThrow(/tie/);
  });

  test('an operation that is added with the conditions of another', () => {
    for (const { route } of all) {
      expect(() => new OperationSelector([...all, { name: 'Added', route }])).toThrow(/Added/);
    }
  });
});

describe('taken', () => {
  const over: Route = onBucket({ marker: true }, { over: true });

  test.each([
    ['another method', onBucket({ acl: true }), onBucket({ acl: true }, { method: 'PUT' })],
    ['another level', onBucket({ acl: true }), onBucket({ acl: true }, { on: 'object' })],
    ['two values of a name', onBucket({ comp: 'add' }), onBucket({ comp: 'delete' })],
    [
      'two sub-resources, of which one is refused',
      onBucket({ acl: true }),
      onBucket({ cors: true }),
    ],
    ['one that has more', onBucket({ prefix: true }), onBucket({ prefix: true, marker: true })],
    ['one that says that it stands over', onBucket({ prefix: true }), over],
  ])('%s', (_which, a, b) => {
    expect(() => selectorOf(a, b)).not.toThrow();
  });

  test('a route that stands over another is chosen where both match', () => {
    const selector = selectorOf(onBucket({ prefix: true }), over);
    const query = new Map(['prefix', 'marker'].map((name) => [name, '']));
    const asked = { method: 'GET', level: 'bucket', query, headers: new Map() } as const;
    expect(selector.select(asked)?.name).toBe('route 1');
  });
});

test('the operations of this version are chosen alike in whatever order they are listed', () => {
  const random = new SeededRandom(7);
  const shuffled = all
    .map((candidate) => ({ candidate, at: random.below(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ candidate }) => candidate);
  const [one, other] = [new OperationSelector(all), new OperationSelector(shuffled)];
  for (const { route: first } of all) {
    for (const { route: second } of all) {
      const query = new Map<string, string>();
      for (const [name, value] of Object.entries({ ...first.query, ...second.query })) {
        query.set(name, value === true ? '' : value);
      }
      const headers = new Map(
        [first.header, second.header].flatMap((name) => (name ? [[name, 'x']] : [])) as [
          string,
          string,
        ][],
      );
      const asked = { method: first.method, level: first.on, query, headers };
      const chosen = one.select(asked);
      const names = Object.keys(chosen?.route.query ?? {});
      const isRefused = [...query.keys()].some(
        (name) => subResources.has(name) && !names.includes(name),
      );
      if (!isRefused) expect(other.select(asked)?.name).toBe(chosen?.name);
    }
  }
});
