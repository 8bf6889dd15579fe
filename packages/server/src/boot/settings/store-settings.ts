// What the store takes from the configuration: the same in the one process and in every worker.
import type { StoreOptions } from '../../core/store.ts';
import { objectCacheBytes } from './cache-settings.ts';
import type { Configuration } from './configuration.ts';

type FromConfiguration =
  | 'region'
  | 'bucketsPerOwnerMax'
  | 'blockPublicAccess'
  | 'knownRecordsMax'
  | 'objectCacheBytes';

export function storeSettings(configuration: Configuration): Pick<StoreOptions, FromConfiguration> {
  const { region, limits, blockPublicAccess } = configuration;
  return {
    region,
    bucketsPerOwnerMax: limits.bucketsPerAccount,
    blockPublicAccess,
    knownRecordsMax: limits.knownRecords,
    objectCacheBytes: objectCacheBytes(configuration),
  };
}
