// A listed object as both listings print it.
import type { ObjectSummary, OwnerInfo } from '@osskeep/protocol';
import type { ListedObject } from '../../../core/listing/list-objects.ts';

export function objectSummary(object: ListedObject, owner: OwnerInfo | undefined): ObjectSummary {
  return {
    key: object.key,
    lastModified: object.mtimeMs,
    etag: object.etag,
    type: object.type,
    size: object.size,
    storageClass: object.storageClass,
    owner,
  };
}
