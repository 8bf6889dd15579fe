// decode(encode(x)) = x, for requests and responses of every operation. That both sides agree says
// nothing of whether they are right: the golden bytes beside this file do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  operationNames,
  operations,
} from '../../src/operations/index.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { arbitraries } from './arbitraries.ts';

// One loop over operations of different types: what belongs together is certain from the name alone.
type Any = Operation<string, unknown, unknown>;

describe.each([...operationNames])('%s', (name) => {
  const operation = operations[name] as unknown as Any;
  const { input, output } = arbitraries[name];

  test('a request comes back as it was', () => {
    fc.assert(
      fc.property(input as fc.Arbitrary<unknown>, (given) => {
        expect(decodeRequest(operation, encodeRequest(operation, given))).toEqual(given);
      }),
      { numRuns: 300 },
    );
  });

  test('a response comes back as it was', () => {
    fc.assert(
      fc.property(output as fc.Arbitrary<unknown>, (given) => {
        expect(decodeResponse(operation, encodeResponse(operation, given))).toEqual(given);
      }),
      { numRuns: 300 },
    );
  });
});
