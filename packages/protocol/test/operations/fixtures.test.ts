// Every operation is shown on the wire: bytes both ways, and any input and output.
import { expect, test } from 'vitest';
import { definitions } from './definitions.ts';
import { fixtures } from './fixtures/index.ts';

test.each(definitions)(
  '$name has a fixture of its own, and nothing in it is empty',
  (definition) => {
    const own = fixtures.filter(({ operation }) => operation === definition);
    expect(own, `fixtures of ${definition.name}`).toHaveLength(1);
    expect(own[0]?.requests.length, `requests of ${definition.name}`).toBeGreaterThan(0);
    expect(own[0]?.responses.length, `responses of ${definition.name}`).toBeGreaterThan(0);
  },
);

test('every fixture is of an operation that there is', () => {
  expect(fixtures).toHaveLength(definitions.length);
});
