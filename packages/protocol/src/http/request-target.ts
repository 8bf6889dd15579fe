// Splits a raw request target once. Never through URL, which resolves `..` and `%2e%2e` and turns `\`
// into `/`: signature, authorization and storage must read the same bytes (reliability page §4).
import { ossError } from '../errors/refuse.ts';
import type { QueryPairs } from '../signing/request.ts';
import { decodeQueryText } from './decode-percent.ts';

export interface RequestTarget {
  /** Raw path, not decoded, with its leading slash; `*` for a server-wide OPTIONS. */
  readonly path: string;
  /** Host of an absolute-form target, with port. */
  readonly host: string | undefined;
  /** Decoded, in the order of the wire. */
  readonly query: QueryPairs;
}

export const queryParametersMax = 1_000;

const forbidden = /[\x00-\x20\x7f#]/;

export function parseRequestTarget(raw: string): RequestTarget {
  if (forbidden.test(raw)) throw malformedTarget(raw);
  let rest = raw;
  let host: string | undefined;
  const absolute = /^https?:\/\/([^/?]*)/i.exec(raw);
  if (absolute !== null) {
    host = absolute[1];
    rest = raw.slice(absolute[0].length);
    if (rest === '' || rest.startsWith('?')) rest = `/${rest}`;
  }
  const mark = rest.indexOf('?');
  const path = mark === -1 ? rest : rest.slice(0, mark);
  if (!path.startsWith('/') && path !== '*') throw malformedTarget(raw);
  return { path, host, query: mark === -1 ? [] : parseQuery(rest.slice(mark + 1)) };
}

/** Pairs of a raw query; `undefined` where a name came without `=`. */
export function parseQuery(raw: string): QueryPairs {
  if (raw === '') return [];
  const parts = raw.split('&');
  if (parts.length > queryParametersMax) {
    throw ossError(
      'InvalidRequest',
      {},
      { message: `The query has more than ${queryParametersMax} parameters.` },
    );
  }
  const pairs: [string, string | undefined][] = [];
  for (const part of parts) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    pairs.push(
      equals === -1
        ? [decodeQueryText(part), undefined]
        : [decodeQueryText(part.slice(0, equals)), decodeQueryText(part.slice(equals + 1))],
    );
  }
  return pairs;
}

function malformedTarget(raw: string): Error {
  return ossError('MalformedRequestTarget', {
    ArgumentName: 'RequestTarget',
    ArgumentValue: raw.slice(0, 200).replace(/[^\x20-\x7e]/g, '?'),
  });
}
