// The definitions of all operations, for tests that walk over them: whatever the protocol exports that
// has a route.
import type { Operation, OperationName } from '@osskeep/protocol';
import * as protocol from '@osskeep/protocol';

export type Definition = Operation<OperationName, unknown, unknown>;

export const definitions: readonly Definition[] = Object.values<unknown>(protocol).filter(
  (value): value is Definition => Object(value).route !== undefined,
);
