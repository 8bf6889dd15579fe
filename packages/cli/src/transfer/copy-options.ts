// What `osskeep cp` can be told.
import type { StorageClassWord } from '@osskeep/protocol';
import type { ConnectionOptions } from '../connection.ts';
import type { FilterOptions } from '../filters.ts';
import type { JobsOptions } from '../jobs-option.ts';
import type { MeterOptions } from './meter.ts';

export interface CopyOptions extends ConnectionOptions, FilterOptions, JobsOptions, MeterOptions {
  readonly recursive?: boolean;
  readonly force?: boolean;
  readonly update?: boolean;
  readonly versionId?: string;
  readonly acl?: 'default' | 'private' | 'public-read' | 'public-read-write';
  readonly storageClass?: StorageClassWord;
  readonly contentType?: string;
}
