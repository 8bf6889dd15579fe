// Chooses the operation of a request from method, level, sub-resources and headers. The order in
// which routes are tried is computed, most specific first, never typed; two routes that tie are
// refused when the server starts.
import type { Level, Route } from '@osskeep/protocol';

export interface Candidate {
  readonly name: string;
  readonly route: Route;
}

interface Asked {
  readonly method: string;
  readonly level: Level;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
}

/** Conditions a route puts on a request: a value weighs more than a name alone. */
function specificity(route: Route): number {
  let weight = route.header === undefined ? 0 : 1;
  for (const value of Object.values(route.query ?? {})) weight += value === true ? 2 : 3;
  return weight;
}

function conditions(route: Route): string {
  const query = Object.entries(route.query ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return [route.method, route.on, route.header ?? '', ...query].join(' ');
}

interface Place<C> {
  /** Most specific first. */
  readonly candidates: C[];
  /** Query names that any of them asks for. */
  readonly names: Set<string>;
  /** Those that ask for none. */
  readonly plain: C[];
}

export class OperationSelector<C extends Candidate> {
  /** By method, then by level. */
  readonly #byPlace = new Map<string, Map<Level, Place<C>>>();

  constructor(candidates: Iterable<C>) {
    const seen = new Map<string, string>();
    const sorted = [...candidates].sort((a, b) => specificity(b.route) - specificity(a.route));
    for (const candidate of sorted) {
      const same = conditions(candidate.route);
      const other = seen.get(same);
      if (other !== undefined) {
        throw new Error(`${candidate.name} and ${other} have the same route: ${same}`);
      }
      seen.set(same, candidate.name);
      const place = this.#place(candidate.route);
      const names = Object.keys(candidate.route.query ?? {});
      for (const name of names) place.names.add(name);
      place.candidates.push(candidate);
      if (names.length === 0) place.plain.push(candidate);
    }
  }

  select(asked: Asked): C | undefined {
    const place = this.#byPlace.get(asked.method)?.get(asked.level);
    if (place === undefined) return undefined;
    const { candidates, names, plain } = place;
    // A signed URL has five names that no route asks for: most routes need no look.
    const among = hasAny(asked.query, names) ? candidates : plain;
    for (const candidate of among) if (matches(candidate.route, asked)) return candidate;
    return undefined;
  }

  #place({ method, on }: Route): Place<C> {
    const levels = this.#byPlace.get(method) ?? new Map<Level, Place<C>>();
    this.#byPlace.set(method, levels);
    const place = levels.get(on) ?? { candidates: [], names: new Set(), plain: [] };
    levels.set(on, place);
    return place;
  }
}

function hasAny(query: ReadonlyMap<string, string>, names: ReadonlySet<string>): boolean {
  for (const name of query.keys()) if (names.has(name)) return true;
  return false;
}

function matches(route: Route, asked: Asked): boolean {
  if (route.header !== undefined && !asked.headers.has(route.header)) return false;
  for (const name in route.query) {
    const wanted = route.query[name];
    const given = asked.query.get(name);
    if (given === undefined || (wanted !== true && wanted !== given)) return false;
  }
  return true;
}
