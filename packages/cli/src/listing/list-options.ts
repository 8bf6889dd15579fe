// What `osskeep ls` can be told.

import type { FilterOptions } from '../arguments/filters.ts';
import type { OutputOptions } from '../output/output-options.ts';
import type { ConnectionOptions } from '../settings/connection.ts';

export interface ListOptions extends ConnectionOptions, FilterOptions, OutputOptions {
  readonly shortFormat?: boolean;
  readonly directory?: boolean;
  readonly recursive?: boolean;
  readonly allVersions?: boolean;
  readonly limitedNum?: number;
  readonly marker?: string;
  readonly versionIdMarker?: string;
}
