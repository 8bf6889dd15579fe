// The four conditions of a read, and of the source of a copy. Each that is given is evaluated by
// itself, those that end in 412 before those that end in 304. Rule: operations reference §3.3.
import { preconditionFailed } from '../errors/refuse.ts';
import { parseImfDate } from './dates.ts';

/** Header values as they came; absent = no such condition. */
export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
}

/** What they are compared with. */
export interface ConditionTarget {
  /** With or without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970; compared by the second, as Last-Modified shows it. */
  readonly lastModified: number;
}

/** The conditions of GET and HEAD. */
export function readConditions(headers: ReadonlyMap<string, string>): Conditions {
  return withPrefix(headers, '');
}

/** The conditions on the source of CopyObject and UploadPartCopy. */
export function readCopySourceConditions(headers: ReadonlyMap<string, string>): Conditions {
  return withPrefix(headers, 'x-oss-copy-source-');
}

function withPrefix(headers: ReadonlyMap<string, string>, prefix: string): Conditions {
  return {
    ifMatch: headers.get(`${prefix}if-match`),
    ifNoneMatch: headers.get(`${prefix}if-none-match`),
    ifModifiedSince: headers.get(`${prefix}if-modified-since`),
    ifUnmodifiedSince: headers.get(`${prefix}if-unmodified-since`),
  };
}

/**
 * Throws PreconditionFailed with the plain name of the condition, also for a copy's source.
 * A date that can not be read is as good as none.
 */
export function evaluateConditions(
  conditions: Conditions,
  target: ConditionTarget,
): 'ok' | 'not-modified' {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  const modified = Math.floor(target.lastModified / 1000) * 1000;
  if (ifMatch !== undefined && !names(ifMatch, target.etag)) throw preconditionFailed('If-Match');
  const unmodifiedSince = dateOf(ifUnmodifiedSince);
  if (unmodifiedSince !== undefined && unmodifiedSince < modified) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined && names(ifNoneMatch, target.etag)) return 'not-modified';
  const modifiedSince = dateOf(ifModifiedSince);
  return modifiedSince !== undefined && modifiedSince >= modified ? 'not-modified' : 'ok';
}

function dateOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseImfDate(text.trim());
}

/** Does the operand name this ETag? Quoted, bare, weak, in a list, or `*` for any. */
function names(operand: string, etag: string): boolean {
  // ETags are upper-case hex; some clients print digests in lower case.
  const wanted = bare(etag).toUpperCase();
  return operand.split(',').some((item) => {
    const one = item.trim();
    return one === '*' || bare(one).toUpperCase() === wanted;
  });
}

function bare(etag: string): string {
  const strong = etag.startsWith('W/') ? etag.slice(2) : etag;
  const quoted = strong.length >= 2 && strong.startsWith('"') && strong.endsWith('"');
  return quoted ? strong.slice(1, -1) : strong;
}
