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

type Built = (typeof handlers)[number]['operation']['name'];
/** Names what is missing, in the compiler's message. */
type Complete<Missing> = [Missing] extends [never] ? readonly Handler[] : Missing;

export const registry: Complete<Exclude<OperationName, Built>> = handlers;
