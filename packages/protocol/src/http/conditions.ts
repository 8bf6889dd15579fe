// If-Match and its kin (operations reference §3.3): each given condition is judged by itself, those
// that give 412 before those that give 304. Dates count in whole seconds; unreadable ones are ignored.
import { preconditionFailed } from '../errors/refuse.ts';
import { parseImfDate } from './dates.ts';

export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
}

export interface Validators {
  /** Without quotes. */
  readonly etag: string;
  readonly lastModifiedMs: number;
}

function names(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((item) => item.trim().replace(/^W\//, '').replace(/^"(.*)"$/, '$1'))
    .some((item) => item === '*' || item.toUpperCase() === etag.toUpperCase());
}

/** Throws PreconditionFailed; otherwise says whether the reader's copy is still good. */
export function checkConditions(conditions: Conditions, current: Validators): 'ok' | 'not-modified' {
  const seconds = Math.floor(current.lastModifiedMs / 1000);
  const since = (text: string | undefined): number | undefined => {
    const ms = text === undefined ? undefined : parseImfDate(text);
    return ms === undefined ? undefined : ms / 1000;
  };
  if (conditions.ifMatch !== undefined && !names(conditions.ifMatch, current.etag)) {
    throw preconditionFailed('If-Match');
  }
  const unmodifiedSince = since(conditions.ifUnmodifiedSince);
  if (unmodifiedSince !== undefined && seconds > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (conditions.ifNoneMatch !== undefined && names(conditions.ifNoneMatch, current.etag)) {
    return 'not-modified';
  }
  const modifiedSince = since(conditions.ifModifiedSince);
  if (modifiedSince !== undefined && seconds <= modifiedSince) return 'not-modified';
  return 'ok';
}
