// A request's head as the steps see it. Nobody changes any of it: much is shared with other requests of the
// connection, and with other uses of the same link.
import type { HeaderPairs, QueryPairs, UrlReading } from '@osskeep/protocol';

export interface Head {
  readonly method: string;
  /** As sent. */
  readonly url: string;
  /** What was read out of it; used before, perhaps. */
  readonly reading: UrlReading;
  /** Raw path, not decoded. */
  readonly path: string;
  readonly queryPairs: QueryPairs;
  readonly headerPairs: HeaderPairs;
  /** First value of each query name that takes effect: what no signature covers is taken away. */
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; repeats joined by a comma, as they are signed. */
  readonly headers: ReadonlyMap<string, string>;
}

/** The same without these query names. */
export function withoutQuery(head: Head, names: readonly string[]): Head {
  const query = new Map(head.query);
  for (const name of names) query.delete(name);
  return { ...head, query };
}
