// What the store takes from the configuration: the same in the one process and in every worker.
import type { StoreOptions } from '../core/store.ts';
import type { Configuration } from './configuration.ts';

export function storeSettings({
  region,
  limits,
  blockPublicAccess,
}: Configuration): Pick<StoreOptions, 'region' | 'bucketsPerOwnerMax' | 'blockPublicAccess'> {
  return { region, bucketsPerOwnerMax: limits.bucketsPerAccount, blockPublicAccess };
}
