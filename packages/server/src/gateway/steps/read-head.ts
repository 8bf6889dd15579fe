// Reads a request's head once, from the raw header list: Node's own header object joins repeats,
// takes the first of two hosts and drops `__proto__`. Refuses what has two readings.
// Rules: choices rows 11 and 12, durability reference §4.
import {
  type HeaderPairs,
  headerText,
  ossError,
  parseRequestTarget,
  type QueryPairs,
  type RequestTarget,
  repeatedHeader,
} from '@osskeep/protocol';
import type { HttpRequest, ReadHeaders } from '../http/wire.ts';
import type { KnownLink, KnownLinks } from '../known-links.ts';

/** Bytes of all header names and values, with four for each field's colon, space and line end. */
export const headerBytesMax = 32 * 1024;
export const headerCountMax = 200;

export interface Head {
  readonly method: string;
  /** As sent. */
  readonly url: string;
  readonly target: RequestTarget;
  /** The link was good before. */
  readonly known: KnownLink | undefined;
  /** Raw path, not decoded. */
  readonly path: string;
  /** Host of an absolute-form target. */
  readonly targetHost: string | undefined;
  readonly queryPairs: QueryPairs;
  readonly headerPairs: HeaderPairs;
  /** First value of each query name. */
  readonly query: Map<string, string>;
  /** Lower-case names; repeats joined by a comma, as they are signed. */
  readonly headers: Map<string, string>;
}

const singles = new Set(['host', 'authorization', 'date', 'range']);

export function readHead(request: HttpRequest, links: KnownLinks): Head {
  const { method = 'GET', url = '/', fields } = request;
  const read = fields?.read ?? readHeaders(request.rawHeaders);
  if (fields !== undefined) fields.read = read;
  const { pairs, headers } = read;
  const known = method === 'GET' ? links.find(url) : undefined;
  const target = known?.target ?? parseRequestTarget(url);
  return {
    method,
    url,
    target,
    known,
    path: target.path,
    targetHost: target.host,
    queryPairs: target.query,
    headerPairs: pairs,
    query: known?.query ?? firstValues(target.query),
    headers,
  };
}

function firstValues(pairs: QueryPairs): Map<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of pairs) if (!query.has(name)) query.set(name, value ?? '');
  return query;
}

function readHeaders(raw: readonly string[]): ReadHeaders {
  if (raw.length / 2 > headerCountMax) {
    throw ossError('TooManyHeaders', {}, { closeConnection: true });
  }
  let bytes = 0;
  const pairs: [string, string][] = [];
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const wire = raw[i + 1] as string;
    bytes += name.length + wire.length + 4;
    const value = headerText(wire);
    pairs.push([name, value]);
    const before = headers.get(name);
    if (before === undefined) {
      headers.set(name, value);
    } else if (singles.has(name) || name.startsWith('content-')) {
      throw repeatedHeader(name, value);
    } else {
      headers.set(name, `${before},${value}`);
    }
  }
  if (bytes > headerBytesMax) throw ossError('HeadersTooLarge', {}, { closeConnection: true });
  return { pairs, headers };
}
