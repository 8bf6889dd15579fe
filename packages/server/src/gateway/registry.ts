// Every operation of this version with its handler: what the folders of operations export. An operation of
// the protocol without a handler does not compile.
import type { OperationName } from '@osskeep/protocol';
import * as bucket from './operations/bucket/index.ts';
import * as object from './operations/object/index.ts';
import * as service from './operations/service/index.ts';
import type { Handler } from './request/handler.ts';

const handlers = [
  ...Object.values(service),
  ...Object.values(bucket),
  ...Object.values(object),
] as const;

type Named = readonly { readonly operation: { readonly name: OperationName } }[];
type Missing<List extends Named> = Exclude<OperationName, List[number]['operation']['name']>;
/** Names what is missing from a list, in the compiler's message. */
export type Complete<List extends Named> = [Missing<List>] extends [never]
  ? readonly Handler[]
  : Missing<List>;

export const registry: Complete<typeof handlers> = handlers;
