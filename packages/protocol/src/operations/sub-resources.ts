// Query names that choose an operation wherever they stand. One that the chosen operation does not
// have is refused, not passed over (choices row 20); every other unknown name is ignored.
import { notBuiltOperations } from './not-built.ts';

/** Of the operations that are built; the client loads this file without their definitions. */
const built = [
  'acl',
  'bucketInfo',
  'cname',
  'cors',
  'location',
  'objectMeta',
  'publicAccessBlock',
  'versioning',
  'versions',
];

/** Names that only refine a sub-resource beside them, and are common words alone. */
const refinements = new Set([
  'action',
  'comp',
  'inventoryId',
  'qosRequester',
  'status',
  'styleName',
  'udfName',
  'x-oss-access-point-name',
  'x-oss-redundancy-transition-taskid',
]);

export const subResources: ReadonlySet<string> = new Set([
  ...built,
  ...Object.values(notBuiltOperations)
    .flatMap(({ query }) => Object.keys(query ?? {}))
    .filter((name) => !refinements.has(name)),
]);
