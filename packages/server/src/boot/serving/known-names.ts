// The names that figures may be counted by: every operation there is or could be, every code of an error.
import { errorTable, notBuiltOperations } from '@osskeep/protocol';
import type { KnownNames } from '../../admin/request-metrics.ts';
import { registry } from '../../gateway/registry.ts';

export function knownNames(): KnownNames {
  return {
    operations: new Set([
      ...registry.map(({ operation }) => operation.name),
      ...Object.keys(notBuiltOperations),
    ]),
    codes: new Set(Object.values(errorTable).map(({ code }) => code)),
  };
}
