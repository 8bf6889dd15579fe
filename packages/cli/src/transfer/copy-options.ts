// What `osskeep cp` can be told.
import type { StorageClassWord } from '@osskeep/protocol';
import type { FilterOptions } from '../arguments/filters.ts';
import type { JobsOptions } from '../arguments/jobs-option.ts';
import type { ConnectionOptions } from '../settings/connection.ts';
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
