// Takes a request target apart, once, as it came: signature, routing and key all start from this
// one reading. `URL` is not used, because it resolves `..` and `\` (durability reference §4).
import type { OssError } from '../errors/oss-error.ts';
import { invalidArgumentCase, ossError } from '../errors/refuse.ts';
import { decodeQueryPart } from './decode-percent.ts';
import type { QueryPairs } from './pairs.ts';
import { encodeComponent } from './percent.ts';

export interface RequestTarget {
  /** Begins with `/`, not decoded; or `*` (OPTIONS). */
  readonly path: string;
  /** Decoded, in the order of the wire; `undefined` = no `=`. */
  readonly query: QueryPairs;
  /** Host, and port if given, of a target in absolute form; must agree with the Host header. */
  readonly host: string | undefined;
}

const forbidden = /[\x00-\x20\x7f#]/;
const absolute = /^https?:\/\/([^/?]*)(.*)$/is;
const authority = /^[A-Za-z0-9._-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;
const shownCharactersMax = 128;

/** More parameters than any operation has, and few enough to sort and sign. */
export const queryParametersMax = 1_000;

export function parseRequestTarget(raw: string): RequestTarget {
  if (forbidden.test(raw)) throw malformed(raw);
  if (raw.charCodeAt(0) === 0x2f) return parseOriginForm(raw, undefined);
  if (raw === '*') return { path: '*', query: [], host: undefined };
  const [, host, rest] = absolute.exec(raw) ?? [];
  if (host === undefined || rest === undefined || !authority.test(host)) throw malformed(raw);
  return parseOriginForm(rest.startsWith('/') ? rest : `/${rest}`, host);
}

function parseOriginForm(raw: string, host: string | undefined): RequestTarget {
  const mark = raw.indexOf('?');
  if (mark === -1) return { path: raw, query: [], host };
  return { path: raw.slice(0, mark), query: parseQuery(raw.slice(mark + 1)), host };
}

/** Decodes a query string; empty items (`a&&b`) are skipped. */
export function parseQuery(raw: string): QueryPairs {
  const pairs: [string, string | undefined][] = [];
  if (raw === '') return pairs;
  const items = raw.split('&');
  if (items.length > queryParametersMax) throw tooManyParameters();
  for (const item of items) {
    if (item === '') continue;
    const equals = item.indexOf('=');
    if (equals === -1) {
      pairs.push([decodeQueryPart(item), undefined]);
    } else {
      pairs.push([decodeQueryPart(item.slice(0, equals)), decodeQueryPart(item.slice(equals + 1))]);
    }
  }
  return pairs;
}

/** The reverse of `parseQuery`; a space becomes `%20`, never `+`. */
export function formatQuery(query: QueryPairs): string {
  return query
    .map(([name, value]) => {
      const encoded = encodeComponent(name);
      return value === undefined ? encoded : `${encoded}=${encodeComponent(value)}`;
    })
    .join('&');
}

/** The reverse of `parseRequestTarget`; `path` is encoded already. */
export function formatRequestTarget(path: string, query: QueryPairs): string {
  return query.length === 0 ? path : `${path}?${formatQuery(query)}`;
}

function tooManyParameters(): OssError {
  const message = `The query has more than ${queryParametersMax} parameters. Send fewer.`;
  return ossError('InvalidRequest', {}, { message });
}

/** Shows the path only: what follows may hold a signature. */
function malformed(raw: string): OssError {
  const path = raw.split('?', 1)[0] as string;
  const shown = path.slice(0, shownCharactersMax).replace(/[^\x20-\x7e]/g, '?');
  return invalidArgumentCase('MalformedRequestTarget', 'RequestTarget', shown, {
    closeConnection: true,
  });
}
