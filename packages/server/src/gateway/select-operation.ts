// Chooses the operation of a request from method, level, sub-resources and headers. The order in
// which routes are tried is computed, most specific first, never typed; two routes that tie are
// refused when the server starts.
import type { Level, Method, Route } from '@osskeep/protocol';

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

export class OperationSelector<C extends Candidate> {
  readonly #byPlace = new Map<string, C[]>();

  constructor(candidates: Iterable<C>) {
    const seen = new Map<string, string>();
    for (const candidate of candidates) {
      const same = conditions(candidate.route);
      const other = seen.get(same);
      if (other !== undefined) {
        throw new Error(`${candidate.name} and ${other} have the same route: ${same}`);
      }
      seen.set(same, candidate.name);
      const place = `${candidate.route.method} ${candidate.route.on}`;
      const there = this.#byPlace.get(place);
      if (there === undefined) this.#byPlace.set(place, [candidate]);
      else there.push(candidate);
    }
    for (const there of this.#byPlace.values()) {
      there.sort((a, b) => specificity(b.route) - specificity(a.route));
    }
  }

  select(asked: Asked): C | undefined {
    const there = this.#byPlace.get(`${asked.method as Method} ${asked.level}`);
    return there?.find(({ route }) => matches(route, asked));
  }
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
