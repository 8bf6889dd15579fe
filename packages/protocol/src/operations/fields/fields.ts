// Fields: where a value travels. Each is the only code that knows its place on the wire.
import { invalidArgument, ossError } from '../../errors/refuse.ts';
import type { Form } from '../forms/form.ts';
import type { Body, Message } from '../message.ts';
import type { Field } from '../operation.ts';

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
      if (value !== undefined) message.query.set(name, form.print(value));
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
      if (value === undefined) return;
      const printed = form.print(value);
      requireHeaderText(name, printed);
      message.headers.set(name, printed);
    },
    decode: (message) => {
      const given = message.headers.get(name);
      return given === undefined || given === '' ? undefined : form.parse(given, name);
    },
  };
}

/** A response header that is always there; its absence is a broken answer. */
export function requiredHeader<T>(name: string, form: Form<T>): Field<T> {
  const optional = header(name, form);
  return {
    encode: optional.encode,
    decode: (message) => {
      const value = optional.decode(message);
      if (value === undefined) throw new MissingHeaderError(name);
      return value;
    },
  };
}

/** The answer lacks a header that the operation promises. */
export class MissingHeaderError extends Error {
  override readonly name = 'MissingHeaderError';

  constructor(header: string) {
    super(`The answer has no ${header} header.`);
  }
}

export const metadataPrefix = 'x-oss-meta-';
/** Bytes of all names and values of an object's user metadata. */
export const metadataBytesMax = 8_192;

/** User metadata: `x-oss-meta-*`, names in lower case, values as text. */
export const metadata: Field<Readonly<Record<string, string>>> = {
  encode: (value, message) => {
    for (const [name, text] of Object.entries(value)) {
      const full = metadataPrefix + name.toLowerCase();
      requireHeaderText(full, text);
      message.headers.set(full, text);
    }
  },
  decode: (message) => {
    // No prototype: a name such as `__proto__` must be a name like any other.
    const found: Record<string, string> = Object.create(null) as Record<string, string>;
    let bytes = 0;
    for (const [name, value] of message.headers) {
      if (!name.startsWith(metadataPrefix)) continue;
      const short = name.slice(metadataPrefix.length);
      if (short === '') throw invalidArgument(name, value, 'The metadata has no name.');
      bytes += short.length + new TextEncoder().encode(value).length;
      found[short] = value;
    }
    if (bytes > metadataBytesMax) {
      throw invalidArgument(
        metadataPrefix,
        `${bytes} bytes`,
        `The user metadata must not be larger than ${metadataBytesMax} bytes.`,
      );
    }
    return found;
  },
};

/** Control characters would end the header, or split it. */
function isHeaderText(value: string): boolean {
  return !/[\x00-\x08\x0a-\x1f\x7f]/.test(value) && value.isWellFormed();
}

function requireHeaderText(name: string, value: string): void {
  if (!isHeaderText(value)) {
    throw invalidArgument(
      name,
      value.replace(/[\x00-\x1f\x7f]/g, '?').toWellFormed(),
      `The ${name} must not hold control characters.`,
    );
  }
}

/** The bytes of an object. */
export const bytes: Field<Body> = {
  encode: (value, message) => {
    message.body = value;
  },
  decode: (message) => message.body ?? new Uint8Array(0),
};

/** A field of a request that must be there. */
export function required<T>(field: Field<T | undefined>, name: string): Field<T> {
  return {
    encode: field.encode,
    decode: (message: Message) => {
      const value = field.decode(message);
      if (value === undefined) throw ossError('InvalidArgument', { ArgumentName: name });
      return value;
    },
  };
}
