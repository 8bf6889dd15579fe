// The definitions of all operations, for tests that walk over them: the values of the families' lists.
import * as bucket from '../../src/operations/bucket/index.ts';
import type { Operation, OperationName } from '../../src/operations/index.ts';
import * as object from '../../src/operations/object/index.ts';
import * as service from '../../src/operations/service/index.ts';

/** Of inputs and outputs nothing is known: one loop goes over operations of different types. */
export type Definition = Operation<OperationName, unknown, unknown>;

export const definitions: readonly Definition[] = [service, bucket, object]
  .flatMap((family): unknown[] => Object.values(family))
  .filter((value): value is Definition => Object(value).route !== undefined);

export function definitionOf(name: OperationName): Definition {
  const found = definitions.find((definition) => definition.name === name);
  if (found === undefined) throw new Error(`No operation is called ${name}.`);
  return found;
}
