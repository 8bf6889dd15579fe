// How values stand inside a stored document. Maps inside one would come back as maps, so what has several
// fields stands as a list of them in order. Strict both ways: what `store` did not make is not restored.
import { BrokenRecordError } from './format.ts';

export interface Form<Value> {
  store(value: Value): unknown;
  /** Throws BrokenRecordError for anything `store` did not make. */
  restore(stored: unknown): Value;
}

/** A form for each field, in the order in which they are stored. */
export type Forms<Value> = { readonly [Name in keyof Value]-?: Form<Value[Name]> };

export const text: Form<string> = {
  store: (value) => value,
  restore: (stored) => (typeof stored === 'string' ? stored : broken('text', stored)),
};

/** Below 2^53. */
export const wholeNumber: Form<number> = {
  store: (value) => value,
  restore: (stored) =>
    typeof stored === 'number' && Number.isSafeInteger(stored)
      ? stored
      : broken('a whole number', stored),
};

export const flag: Form<boolean> = {
  store: (value) => value,
  restore: (stored) => (typeof stored === 'boolean' ? stored : broken('a flag', stored)),
};

/** A flag that is off where nobody says. */
export const flagOrOff: Form<boolean | undefined> = {
  store: (value) => value ?? false,
  restore: flag.restore,
};

export function word<Word extends string>(words: readonly Word[]): Form<Word> {
  return {
    store: (value) => value,
    restore: (stored) =>
      words.find((known) => known === stored) ?? broken(`one of ${words.join(', ')}`, stored),
  };
}

export function list<Item>(item: Form<Item>): Form<readonly Item[]> {
  return {
    store: (items) => items.map((each) => item.store(each)),
    restore: (stored) =>
      Array.isArray(stored) ? stored.map((each) => item.restore(each)) : broken('a list', stored),
  };
}

/** Absent is stored as nothing. */
export function optional<Value>(form: Form<Value>): Form<Value | undefined> {
  return {
    store: (value) => (value === undefined ? null : form.store(value)),
    restore: (stored) => (stored == null ? undefined : form.restore(stored)),
  };
}

/** Several fields, as a list. A field may be added at its end, as an optional one. */
export function fieldsInOrder<Value extends object>(forms: Forms<Value>): Form<Value> {
  const fields = Object.entries(forms) as [keyof Value, Form<unknown>][];
  return {
    store: (value) => fields.map(([name, form]) => form.store(value[name])),
    restore: (stored) => {
      if (!Array.isArray(stored) || stored.length > fields.length) {
        return broken(`a list of at most ${fields.length}`, stored);
      }
      const restored: Partial<Record<keyof Value, unknown>> = {};
      for (const [place, [name, form]] of fields.entries()) {
        const field = form.restore(stored[place]);
        if (field !== undefined) restored[name] = field;
      }
      return restored as Value;
    },
  };
}

function broken(wanted: string, found: unknown): never {
  const kind = found === null ? 'nothing' : Array.isArray(found) ? 'a list' : typeof found;
  throw new BrokenRecordError(`A stored document has ${kind} in the place of ${wanted}.`);
}
