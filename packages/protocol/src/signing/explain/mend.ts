// A mend: the request as it would have to be sent, and the sentence that says so. Every mend bends
// nothing but the request itself, and leaves alone who signs and until when.
import type { SignableRequest } from '../elements/request.ts';
import { shownList } from './hint.ts';

export interface Mend {
  readonly request: SignableRequest;
  /** One sentence of ASCII that says what to change. */
  readonly sentence: string;
}

/** What the signature sits in, as hints call it. */
export type Signed = 'link' | 'signature';

/** Names tried one by one; beyond so many only their groups are. */
const singlesMax = 3;

/**
 * Sets of names to leave out, likeliest first: the given groups, each name alone, all together. None
 * is empty and none comes twice.
 */
export function removalSets(
  names: readonly string[],
  groups: readonly (readonly string[])[] = [],
): string[][] {
  const sets = [...groups, ...names.slice(0, singlesMax).map((name) => [name]), names];
  const distinct = new Map<string, string[]>();
  for (const set of sets) {
    if (set.length > 0 && !distinct.has(JSON.stringify(set))) {
      distinct.set(JSON.stringify(set), [...set]);
    }
  }
  return [...distinct.values()];
}

export function notCovered(
  signed: Signed,
  what: 'parameter' | 'header',
  names: readonly string[],
): string {
  const [s, them] = names.length === 1 ? ['', 'it'] : ['s', 'them'];
  const list = shownList(names);
  return `The ${signed} does not cover the ${what}${s} ${list}: leave ${them} out, or sign with ${them}.`;
}

/** The text with its escapes decoded; the text itself where it has none or is none. */
export function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
