// What the arbitraries of the operations are made of.
import fc from 'fast-check';
import type { OperationName, Operations, OwnerInfo } from '../../src/operations/index.ts';
import type { Operation } from '../../src/operations/operation.ts';

type Definition<Name extends OperationName> = Operations[Name];
export type InputOf<Name extends OperationName> =
  Definition<Name> extends Operation<Name, infer Input, infer _> ? Input : never;
export type OutputOf<Name extends OperationName> =
  Definition<Name> extends Operation<Name, infer _, infer Output> ? Output : never;

/** An arbitrary for each property: one that is forgotten does not compile. */
export type Parts<T> = { readonly [K in keyof T]-?: fc.Arbitrary<T[K]> };

export function of<T extends object>(parts: Parts<T>): fc.Arbitrary<T> {
  return fc.record(parts as Record<string, fc.Arbitrary<unknown>>) as fc.Arbitrary<T>;
}

export const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined });

const awkward = fc.constantFrom(
  '+',
  '%',
  '%2F',
  '/',
  '&',
  '<',
  '>',
  '"',
  "'",
  ' ',
  '=',
  '?',
  '#',
  ';',
  ',',
  ']]>',
  '中文',
  '\u{1F600}',
  'é',
  '\u00a0',
  '\\',
  '..',
);
const control = fc.constantFrom('\x01', '\x07', '\n', '\r', '\r\n', '\t', '\x0c', '\x1f', '\x7f');
const join = (parts: readonly string[]): string => parts.join('');

/** Text for a header: no control characters. */
export const headerText = fc
  .array(fc.oneof(awkward, fc.string({ minLength: 1, maxLength: 6 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map(join);
/** Keys, prefixes, owners' names: anything but NUL. */
export const key = fc
  .array(fc.oneof(awkward, control, fc.string({ unit: 'binary', minLength: 1, maxLength: 6 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => join(parts).replaceAll('\0', '0'));
export const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,30}$/);
export const seconds = fc.integer({ min: 0, max: 253_402_300_799 }).map((count) => count * 1000);
export const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
export const crc64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
export const etag = fc.stringMatching(/^[0-9A-F]{32}(-[1-9][0-9]{0,4})?$/);
export const md5 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
export const versionId = fc.oneof(fc.constant('null'), fc.stringMatching(/^[A-Za-z0-9._-]{64}$/));
export const storageClass = fc.constantFrom(
  'Standard',
  'IA',
  'Archive',
  'ColdArchive',
  'DeepColdArchive',
);
export const redundancy = fc.constantFrom('LRS', 'ZRS');
export const bucketAcl = fc.constantFrom('private', 'public-read', 'public-read-write');
export const objectAcl = fc.constantFrom('default', 'private', 'public-read', 'public-read-write');
export const objectType = fc.constantFrom('Normal', 'Multipart', 'Appendable', 'Symlink');
export const onOff = fc.constantFrom('Enabled', 'Disabled');
export const url = fc.constantFrom('url' as const);
export const body = fc.uint8Array({ maxLength: 64 });
export const maxKeys = fc.integer({ min: 0, max: 1000 });

export const metadata = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z0-9-]{1,12}$/), headerText), {
    selector: ([name]) => name,
    maxLength: 4,
  })
  .map((pairs) => Object.fromEntries(pairs));

export const owner = of<OwnerInfo>({ id: key, displayName: key });

export const nothing = fc.constant({});

export type Arbitraries = {
  readonly [Name in OperationName]: {
    readonly input: fc.Arbitrary<InputOf<Name>>;
    readonly output: fc.Arbitrary<OutputOf<Name>>;
  };
};
