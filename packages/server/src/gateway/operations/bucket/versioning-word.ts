// Versioning as GetBucketVersioning and GetBucketInfo print it: nothing until it was set once.
import type { Versioning } from '../../../core/records/model.ts';

const words = { never: undefined, enabled: 'Enabled', suspended: 'Suspended' } as const;

export function versioningWord(versioning: Versioning): 'Enabled' | 'Suspended' | undefined {
  return words[versioning];
}
