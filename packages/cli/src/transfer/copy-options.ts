// What `osskeep cp` can be told.
import type { StorageClassWord } from '@osskeep/protocol';
import type { ConnectionOptions } from '../connection.ts';

export interface CopyOptions extends ConnectionOptions {
  readonly force?: boolean;
  readonly versionId?: string;
  readonly acl?: 'default' | 'private' | 'public-read' | 'public-read-write';
  readonly storageClass?: StorageClassWord;
  readonly contentType?: string;
}
