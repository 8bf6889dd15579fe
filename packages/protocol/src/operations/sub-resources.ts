// Query names that choose an operation wherever they stand. One that the chosen operation does not
// have is refused, not passed over (choices row 20); every other unknown name is ignored.
import * as bucket from './bucket/index.ts';
import type { Route } from './definition/operation.ts';
import { notBuiltOperations } from './not-built.ts';
import * as object from './object/index.ts';
import * as service from './service/index.ts';

/** Names that only refine a sub-resource beside them, and are common words alone. */
const refinements: ReadonlySet<string> = new Set([
  'action',
  'comp',
  'inventoryId',
  'list-type',
  'qosRequester',
  'status',
  'styleName',
  'udfName',
  'x-oss-access-point-name',
  'x-oss-redundancy-transition-taskid',
]);

const routes: readonly Route[] = [
  ...[service, bucket, object].flatMap((family) =>
    Object.values<{ readonly route: Route }>(family).map(({ route }) => route),
  ),
  ...Object.values(notBuiltOperations),
];

export const subResources: ReadonlySet<string> = new Set(
  routes.flatMap(({ query }) => Object.keys(query ?? {})).filter((name) => !refinements.has(name)),
);
