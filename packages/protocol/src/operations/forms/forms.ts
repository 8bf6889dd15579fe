// The forms that operations are made of.
import { invalidArgument, invalidArgumentCase } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';
import { formatImfDate, formatIsoDate, parseImfDate, parseIsoDate } from '../../http/dates.ts';
import type { Form } from './form.ts';

/** Characters of a refused value that the refusal repeats. */
const shownMax = 200;

/** Of this case, or with this message where the argument has no case of its own. */
export function refused(
  errorCase: ErrorCase | undefined,
  name: string,
  value: string,
  message?: string,
): Error {
  const shown = value.slice(0, shownMax).toWellFormed().replaceAll('\0', '%00');
  if (errorCase === undefined) return invalidArgument(name, shown, message);
  return invalidArgumentCase(errorCase, name, shown);
}

/** Any text, as it is. */
export const text: Form<string> = { print: (value) => value, parse: (value) => value };

const encoder = new TextEncoder();

/** Text of at most so many UTF-8 bytes, without NUL: answers echo it, and XML cannot carry one. */
export function boundedText(bytesMax: number): Form<string> {
  const check = (value: string, name: string): string => {
    // A third of the limit in characters cannot be over it in bytes.
    if (value.length * 3 > bytesMax && encoder.encode(value).length > bytesMax) {
      const message = `The ${name} must not be longer than ${bytesMax} bytes.`;
      throw refused(undefined, name, value, message);
    }
    if (value.includes('\0')) {
      throw refused(undefined, name, value, `The ${name} must not hold a NUL character.`);
    }
    if (!value.isWellFormed()) throw refused('NotUtf8', name, value);
    return value;
  };
  return { print: check, parse: check };
}

/** A whole number in decimal, both ends included. `errorCase` where the argument has its own. */
export function integer(min: number, max: number, errorCase?: ErrorCase): Form<number> {
  const refuse = (value: string, name: string): Error => {
    const message = `The ${name} must be an integer between ${min} and ${max}, inclusive.`;
    return refused(errorCase, name, value, message);
  };
  return {
    print: (value, name) => {
      if (Number.isInteger(value) && value >= min && value <= max) return String(value);
      throw refuse(String(value), name);
    },
    parse: (value, name) => {
      const number = /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
      // Adding 0 turns -0 into 0.
      if (number >= min && number <= max) return number + 0;
      throw refuse(value, name);
    },
  };
}

const unsigned64Max = 2n ** 64n - 1n;

/** CRC-64 and the like: unsigned 64 bits in decimal. */
export const unsigned64: Form<bigint> = {
  print: (value, name) => {
    if (value >= 0n && value <= unsigned64Max) return String(value);
    throw refused(undefined, name, String(value), notUnsigned64(name));
  },
  parse: (value, name) => {
    const number = /^\d{1,20}$/.test(value) ? BigInt(value) : -1n;
    if (number >= 0n && number <= unsigned64Max) return number;
    throw refused(undefined, name, value, notUnsigned64(name));
  },
};

function notUnsigned64(name: string): string {
  return `The ${name} must be an unsigned 64-bit number.`;
}

/** `true` and `false`. */
export function booleanText(errorCase?: ErrorCase): Form<boolean> {
  return {
    print: String,
    parse: (value, name) => {
      const lower = value.toLowerCase();
      if (lower === 'true' || lower === 'false') return lower === 'true';
      throw refused(errorCase, name, value, `The ${name} must be true or false.`);
    },
  };
}

/** One of a list of words; case is ignored in what arrives. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  errorCase?: ErrorCase,
): Form<Word> {
  const byLowerCase = new Map(words.map((word) => [word.toLowerCase(), word]));
  const exact = new Map<string, Word>(words.map((word) => [word, word]));
  const find = (value: string, name: string): Word => {
    const found = exact.get(value) ?? byLowerCase.get(value.toLowerCase());
    if (found !== undefined) return found;
    throw refused(errorCase, name, value, `The ${name} must be one of: ${words.join(', ')}.`);
  };
  return { print: find, parse: find };
}

/** ms since the epoch as an HTTP date; whole seconds. */
export const imfDate: Form<number> = {
  print: formatImfDate,
  parse: (value, name) => {
    const ms = parseImfDate(value);
    if (ms !== undefined) return ms;
    throw refused('BadDateFormat', name, value);
  },
};

/** ms since the epoch as an ISO date; whole seconds. */
export const isoDate: Form<number> = {
  print: formatIsoDate,
  parse: (value, name) => {
    const ms = parseIsoDate(value);
    if (ms !== undefined) return ms;
    throw refused('BadDateFormat', name, value);
  },
};

/** Kept without quotes, printed with them. */
export const etag: Form<string> = {
  print: (value) => `"${value}"`,
  parse: (value) => value.trim().replace(/^"(.*)"$/, '$1'),
};

/** Of a request: 64 characters, or `null` for versions made without versioning (operations reference §3.8). */
export const versionId: Form<string> = versionIdOr('InvalidVersionId');

/** As `versionId`, where a wrong one has another case. */
export function versionIdOr(errorCase: ErrorCase): Form<string> {
  const check = (value: string, name: string): string => {
    if (value === 'null' || /^[A-Za-z0-9._-]{64}$/.test(value)) return value;
    throw refused(value === '' ? 'EmptyVersionId' : errorCase, name, value);
  };
  return { print: check, parse: check };
}
