// Fields: where a value travels. Each is the only code that knows its place on the wire.
import { invalidArgument } from '../../errors/refuse.ts';
import { commaSeparated } from '../../http/comma-separated.ts';
import type { Body } from '../definition/message.ts';
import type { Field } from '../definition/operation.ts';
import type { Form } from '../forms/form.ts';
import { setHeader } from './set-header.ts';

export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** An input or output made of fields. A property without a wire place does not compile. */
export function fields<T extends object>(parts: Fields<T>): Field<T> {
  const entries = Object.entries(parts) as [keyof T, Field<unknown>][];
  return {
    encode: (value, message) => {
      for (const [name, field] of entries) field.encode(value[name], message);
    },
    decode: (message) => {
      const value: Partial<T> = {};
      for (const [name, field] of entries) {
        const part = field.decode(message);
        if (part !== undefined) value[name] = part as T[keyof T];
      }
      return value as T;
    },
  };
}

/** Nothing travels. */
export const nothing: Field<Record<never, never>> = {
  encode: () => undefined,
  decode: () => ({}),
};

/** A query parameter that may be absent. */
export function query<T>(name: string, form: Form<T>): Field<T | undefined> {
  return {
    encode: (value, message) => {
      if (value !== undefined) message.query.set(name, form.print(value, name));
    },
    decode: (message) => {
      const given = message.query.get(name);
      return given === undefined ? undefined : form.parse(given, name);
    },
  };
}

/** As `query`; an empty value counts as absent, as clients send what they have not set. */
export function queryOrEmpty<T>(name: string, form: Form<T>): Field<T | undefined> {
  const field = query(name, form);
  return {
    encode: field.encode,
    decode: (message) => (message.query.get(name) === '' ? undefined : field.decode(message)),
  };
}

/** A header that may be absent; an empty one counts as absent. */
export function header<T>(name: string, form: Form<T>): Field<T | undefined> {
  return {
    encode: (value, message) => {
      if (value !== undefined) setHeader(message, name, form.print(value, name));
    },
    decode: (message) => {
      const given = message.headers.get(name);
      return given === undefined || given === '' ? undefined : form.parse(given, name);
    },
  };
}

/** A header that must be there. */
export function requiredHeader<T>(name: string, form: Form<T>): Field<T> {
  const field = header(name, form);
  return {
    encode: field.encode,
    decode: (message) => {
      const value = field.decode(message);
      if (value !== undefined) return value;
      throw invalidArgument(name, '', `The header ${name} must be specified.`);
    },
  };
}

/** A query parameter that must be there and must not be empty. */
export function requiredQuery<T>(name: string, form: Form<T>): Field<T> {
  const field = queryOrEmpty(name, form);
  return {
    encode: field.encode,
    decode: (message) => {
      const value = field.decode(message);
      if (value !== undefined) return value;
      throw invalidArgument(name, '', `The query parameter ${name} must have a value.`);
    },
  };
}

/** Names in one header, `a, b`. None of them, and there is no header. */
export function headerList(name: string): Field<readonly string[] | undefined> {
  return {
    encode: (values, message) => {
      if (values !== undefined && values.length > 0) setHeader(message, name, values.join(', '));
    },
    decode: (message) => {
      const names = commaSeparated(message.headers.get(name) ?? '');
      return names.length === 0 ? undefined : names;
    },
  };
}

/** What two fields carry, such as headers and a document, in one value. */
export function both<A extends object, B extends object>(a: Field<A>, b: Field<B>): Field<A & B> {
  return {
    encode: (value, message) => {
      a.encode(value, message);
      b.encode(value, message);
    },
    decode: (message) => ({ ...a.decode(message), ...b.decode(message) }),
  };
}

/** A field whose parts must fit together; `check` throws where they do not. */
export function checked<T>(field: Field<T>, check: (value: T) => void): Field<T> {
  return {
    encode: (value, message) => {
      check(value);
      field.encode(value, message);
    },
    decode: (message) => {
      const value = field.decode(message);
      check(value);
      return value;
    },
  };
}

/** The bytes of an object. */
export const bytes: Field<Body> = {
  encode: (value, message) => {
    message.body = value;
  },
  decode: (message) => message.body ?? new Uint8Array(0),
};
