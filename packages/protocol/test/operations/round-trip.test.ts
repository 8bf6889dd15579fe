// decode(encode(x)) = x, for requests and responses of every operation. That both sides agree says
// nothing of whether they are right: the golden bytes beside this file do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
} from '../../src/operations/index.ts';
import { fixtures } from './fixtures/index.ts';

describe.each(fixtures)('$operation.name', ({ operation, inputs, outputs }) => {
  test('a request comes back as it was', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        expect(decodeRequest(operation, encodeRequest(operation, given))).toEqual(given);
      }),
      { numRuns: 300 },
    );
  });

  test('a response comes back as it was', () => {
    fc.assert(
      fc.property(outputs, (given) => {
        expect(decodeResponse(operation, encodeResponse(operation, given))).toEqual(given);
      }),
      { numRuns: 300 },
    );
  });
});
