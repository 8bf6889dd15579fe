// The forms that operations are made of.
import { invalidArgument, invalidArgumentCase } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';
import { formatImfDate, formatIsoDate, parseImfDate, parseIsoDate } from '../../http/dates.ts';
import type { Form } from './form.ts';

/** Any text, as it is. */
export const text: Form<string> = { print: (value) => value, parse: (value) => value };

/** Text of at most so many UTF-8 bytes. */
export function boundedText(bytesMax: number): Form<string> {
  const encoder = new TextEncoder();
  return {
    print: (value) => value,
    parse: (value, name) => {
      if (value.length * 3 > bytesMax && encoder.encode(value).length > bytesMax) {
        throw invalidArgument(
          name,
          value.slice(0, 64),
          `The ${name} must not be longer than ${bytesMax} bytes.`,
        );
      }
      return value;
    },
  };
}

/** A whole number in decimal, both ends included; refused with the case given. */
export function integer(min: number, max: number, errorCase: ErrorCase = 'InvalidArgument'): Form<number> {
  return {
    print: String,
    parse: (value, name) => {
      const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      throw invalidArgumentCase(errorCase, name, value);
    },
  };
}

/** CRC-64 and the like: unsigned 64 bits in decimal. */
export const unsigned64: Form<bigint> = {
  print: String,
  parse: (value, name) => {
    const number = /^\d{1,20}$/.test(value) ? BigInt(value) : 2n ** 64n;
    if (number < 2n ** 64n) return number;
    throw invalidArgument(name, value, `The ${name} must be an unsigned 64-bit number.`);
  },
};

/** `true` and `false`. */
export function booleanText(errorCase: ErrorCase = 'InvalidArgument'): Form<boolean> {
  return {
    print: String,
    parse: (value, name) => {
      const lower = value.toLowerCase();
      if (lower === 'true' || lower === 'false') return lower === 'true';
      throw invalidArgumentCase(errorCase, name, value);
    },
  };
}

/** One of a list of words; case is ignored in what arrives. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  errorCase: ErrorCase = 'InvalidArgument',
): Form<Word> {
  return {
    print: (value) => value,
    parse: (value, name) => {
      const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
      if (found !== undefined) return found;
      throw invalidArgumentCase(errorCase, name, value);
    },
  };
}

/** ms since the epoch as an HTTP date; whole seconds. */
export const imfDate: Form<number> = {
  print: formatImfDate,
  parse: (value, name) => {
    const ms = parseImfDate(value);
    if (ms !== undefined) return ms;
    throw invalidArgumentCase('BadDateFormat', name, value);
  },
};

/** ms since the epoch as an ISO date; whole seconds. */
export const isoDate: Form<number> = {
  print: formatIsoDate,
  parse: (value, name) => {
    const ms = parseIsoDate(value);
    if (ms !== undefined) return ms;
    throw invalidArgumentCase('BadDateFormat', name, value);
  },
};

/** Kept without quotes, printed with them. */
export const etag: Form<string> = {
  print: (value) => `"${value}"`,
  parse: (value) => value.trim().replace(/^"(.*)"$/, '$1'),
};

/** 64 characters, or `null` for versions of a time without versioning (operations §3.8). */
export const versionId: Form<string> = {
  print: (value) => value,
  parse: (value, name) => {
    if (value === '') throw invalidArgumentCase('EmptyVersionId', name, value);
    if (value === 'null' || /^[A-Za-z0-9._-]{64}$/.test(value)) return value;
    throw invalidArgumentCase('InvalidVersionId', name, value.slice(0, 200));
  },
};
