// Joins families of calls in one class. Families are classes beside one another, not above: none of them
// has state or a constructor of its own, so that their methods work on whatever has a caller's.
import type { Caller } from './caller.ts';
import type { OssClientOptions } from './client-options.ts';

type Class = new (options: OssClientOptions) => Caller;

type All<Families extends readonly unknown[]> = Families extends readonly [
  infer First,
  ...infer Rest,
]
  ? First & All<Rest>
  : unknown;

/** Gives `client` the methods of `families`; throws TypeError where two have a method of one name. */
export function withCalls<Families extends readonly Caller[]>(
  client: Class,
  ...families: { readonly [I in keyof Families]: new (options: OssClientOptions) => Families[I] }
): new (
  options: OssClientOptions,
) => All<Families> {
  for (const { prototype } of families) {
    const { constructor: _, ...calls } = Object.getOwnPropertyDescriptors(prototype);
    for (const name of Object.keys(calls)) {
      if (Object.hasOwn(client.prototype, name)) throw new TypeError(`Two calls are ${name}.`);
    }
    Object.defineProperties(client.prototype, calls);
  }
  return client as new (
    options: OssClientOptions,
  ) => All<Families>;
}
