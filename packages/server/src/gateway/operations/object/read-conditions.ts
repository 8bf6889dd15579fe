// If-Match and its kin on a read: 412 and 304 are both refusals with headers of their own.
import {
  type ConditionHeaders,
  evaluateConditions,
  formatImfDate,
  ossError,
} from '@osskeep/protocol';
import type { StoredObject } from '../../../core/versions/stored-object.ts';

/** Throws PreconditionFailed or NotModified. */
export function requireConditions(conditions: ConditionHeaders, object: StoredObject): void {
  const validators = { etag: object.etag, lastModified: object.mtimeMs };
  if (evaluateConditions(conditions, validators) === 'ok') return;
  const headers = {
    etag: `"${object.etag}"`,
    'last-modified': formatImfDate(object.mtimeMs),
    ...(object.versionId === undefined ? {} : { 'x-oss-version-id': object.versionId }),
  };
  throw ossError('NotModified', {}, { headers });
}
