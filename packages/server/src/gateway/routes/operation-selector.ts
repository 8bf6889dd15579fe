// Chooses the operation of a request from method, level, sub-resources and headers. The order in
// which routes are tried is computed, most specific first, never typed; two routes that tie are
// refused when the server starts.
import { type Level, type Route, subResources } from '@osskeep/protocol';

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

/**
 * Conditions a route puts on a request: a value weighs more than a name alone and a header together, and the
 * word of a route that it stands over others decides where all else is equal.
 */
function specificity({ header, over, query = {} }: Route): number {
  let weight = (header === undefined ? 0 : 2) + (over === undefined ? 0 : 1);
  for (const value of Object.values(query)) weight += value === true ? 4 : 7;
  return weight;
}

/**
 * A request may match both, and would be answered by either. Not so where each names a sub-resource that the
 * other does not have: whichever is chosen, the other's is refused (operation-directory.ts).
 */
function mayBeConfused(a: Route, b: Route): boolean {
  if (a.method !== b.method || a.on !== b.on) return false;
  const [ofA, ofB] = [a.query ?? {}, b.query ?? {}];
  for (const [name, value] of Object.entries(ofA)) {
    const other = ofB[name];
    if (typeof value === 'string' && typeof other === 'string' && value !== other) return false;
  }
  return !(hasStray(ofA, ofB) && hasStray(ofB, ofA));
}

type Query = NonNullable<Route['query']>;

function hasStray(given: Query, known: Query): boolean {
  return Object.keys(given).some((name) => subResources.has(name) && !(name in known));
}

interface Shelf<C> {
  /** Most specific first. */
  readonly candidates: C[];
  /** Query names that any of them asks for. */
  readonly names: Set<string>;
  /** Those that ask for none. */
  readonly plain: C[];
}

export class OperationSelector<C extends Candidate> {
  /** By method, then by level. */
  readonly #shelves = new Map<string, Map<Level, Shelf<C>>>();

  constructor(candidates: Iterable<C>) {
    const sorted = [...candidates].sort((a, b) => specificity(b.route) - specificity(a.route));
    refuseTies(sorted);
    for (const candidate of sorted) {
      const shelf = this.#shelf(candidate.route);
      const names = Object.keys(candidate.route.query ?? {});
      for (const name of names) shelf.names.add(name);
      shelf.candidates.push(candidate);
      if (names.length === 0) shelf.plain.push(candidate);
    }
  }

  select(asked: Asked): C | undefined {
    const shelf = this.#shelves.get(asked.method)?.get(asked.level);
    if (shelf === undefined) return undefined;
    const { candidates, names, plain } = shelf;
    // A signed URL has five names that no route asks for: most routes need no look.
    const among = hasAny(asked.query, names) ? candidates : plain;
    for (const candidate of among) if (matches(candidate.route, asked)) return candidate;
    return undefined;
  }

  #shelf({ method, on }: Route): Shelf<C> {
    const levels = this.#shelves.get(method) ?? new Map<Level, Shelf<C>>();
    this.#shelves.set(method, levels);
    const shelf = levels.get(on) ?? { candidates: [], names: new Set(), plain: [] };
    levels.set(on, shelf);
    return shelf;
  }
}

/** Of two that tie, the list would decide. */
function refuseTies(sorted: readonly Candidate[]): void {
  for (const [at, { name, route }] of sorted.entries()) {
    const weight = specificity(route);
    for (let next = at + 1; next < sorted.length; next += 1) {
      const other = sorted[next] as Candidate;
      if (specificity(other.route) !== weight) break;
      if (mayBeConfused(route, other.route)) {
        throw new Error(
          `${name} and ${other.name} tie: a request may match both ${JSON.stringify(route)} and` +
            ` ${JSON.stringify(other.route)}. Give one of them another condition.`,
        );
      }
    }
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
