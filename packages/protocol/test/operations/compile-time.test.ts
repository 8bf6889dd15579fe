// Mistakes in a definition that the compiler must catch. The assertions are the `@ts-expect-error`
// lines: where the line below one compiles, the type check of the tests fails.
import { expect, test } from 'vitest';
import type { Field } from '../../src/operations/definition/operation.ts';
import { fields, header, query } from '../../src/operations/fields/fields.ts';
import { integer, oneOf, text } from '../../src/operations/forms/forms.ts';
import type { OperationName } from '../../src/operations/index.ts';
import { maybe, object, one, value } from '../../src/operations/shapes/shape.ts';

interface Input {
  name?: string | undefined;
  count?: number | undefined;
}

test('a property without a wire place', () => {
  // @ts-expect-error `count` is missing
  const field: Field<Input> = fields<Input>({ name: query('name', text) });
  // @ts-expect-error `count` is missing
  const shape = object<Input>({ name: maybe('Name', value(text)) });
  expect([field, shape]).toHaveLength(2);
});

test('a wire place of the wrong type', () => {
  const number = integer(0, 9);
  // @ts-expect-error a number where the property is text
  fields<Input>({ name: query('name', number), count: query('count', number) });
  // @ts-expect-error some words where the property is any text
  fields<Input>({ name: query('name', oneOf(['a', 'b'])), count: query('count', number) });
  // @ts-expect-error an element that must be there where the property may be absent
  object<Input>({ name: one('Name', value(text)), count: maybe('Count', value(number)) });
  expect(fields<Input>({ name: header('name', text), count: query('count', number) })).toBeTruthy();
});

test('a wire place for a property that does not exist', () => {
  const given = { name: query('name', text), count: query('count', integer(0, 9)) };
  // @ts-expect-error nothing is called `colour`
  expect(fields<Input>({ ...given, colour: query('colour', text) })).toBeTruthy();
});

test('a name that no operation has', () => {
  // @ts-expect-error a letter is missing
  const name: OperationName = 'HeadBuckt';
  expect(name).toHaveLength(9);
});
