// That a missing handler does not compile. The assertion is the `@ts-expect-error` line: where the line below it
// compiles, the type check of the tests fails.
import { expect, test } from 'vitest';
import * as bucket from '../../src/gateway/operations/bucket/index.ts';
import * as object from '../../src/gateway/operations/object/index.ts';
import * as service from '../../src/gateway/operations/service/index.ts';
import { type Complete, registry } from '../../src/gateway/registry.ts';

test('a list without one of the handlers', () => {
  const { getObjectHandler, ...others } = object;
  const [ofService, ofBucket] = [Object.values(service), Object.values(bucket)];
  const handlers = [...ofService, ...ofBucket, ...Object.values(others)] as const;
  // @ts-expect-error GetObject is missing
  const refused: Complete<typeof handlers> = handlers;
  const complete = [...handlers, getObjectHandler] as const;
  const taken: Complete<typeof complete> = complete;
  expect([refused, taken]).toHaveLength(2);
  expect(new Set(taken)).toEqual(new Set(registry));
});
