// A stored configuration document, of a bucket (C) or of an account (A): its format, then its fields by
// name. What documents there are: core/documents.
import type { Form, Forms } from './document-forms.ts';
import { BrokenRecordError, checkFormat } from './format.ts';
import { packTail, unpackTail } from './tail.ts';

const format = 1;

export function encodeDocument<Value extends object>(forms: Forms<Value>, value: Value): Buffer {
  const stored = new Map<string, unknown>();
  for (const [name, form] of Object.entries(forms) as [keyof Value & string, Form<unknown>][]) {
    stored.set(name, form.store(value[name]));
  }
  return Buffer.concat([Buffer.of(format), packTail(stored)]);
}

/** `name` is what a refusal calls the document. Throws NewerFormatError and BrokenRecordError. */
export function decodeDocument<Value extends object>(
  name: string,
  forms: Forms<Value>,
  value: Buffer,
): Value {
  checkFormat(`document "${name}"`, value, format);
  const stored = unpackTail(value.subarray(1));
  for (const field of stored.keys()) {
    // To write it back without would lose what a later version knows.
    if (!Object.hasOwn(forms, field)) {
      throw new BrokenRecordError(`A stored document "${name}" has an unknown field "${field}".`);
    }
  }
  const restored: Partial<Record<keyof Value, unknown>> = {};
  for (const [field, form] of Object.entries(forms) as [keyof Value & string, Form<unknown>][]) {
    const found = form.restore(stored.get(field));
    if (found !== undefined) restored[field] = found;
  }
  return restored as Value;
}
