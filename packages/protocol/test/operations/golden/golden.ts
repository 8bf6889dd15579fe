// What a fixture of golden bytes is: what travels, what it means, and where the bytes come from.
import type { OperationName } from '../../../src/operations/index.ts';
import type { InputOf, OutputOf } from '../arbitrary-parts.ts';
import type { WireRequest, WireResponse } from '../wire.ts';

interface Requested<Input> {
  /** The SDK, its version and call, or the section of the reference. */
  readonly source: string;
  readonly wire: WireRequest;
  readonly input: Input;
}

interface Answered<Output> {
  readonly source: string;
  readonly wire: WireResponse;
  readonly output: Output;
}

type AtLeastOne<T> = readonly [T, ...T[]];

export interface Golden<Input, Output> {
  readonly requests: AtLeastOne<Requested<Input>>;
  readonly responses: AtLeastOne<Answered<Output>>;
}

export type GoldenRecord = {
  readonly [Name in OperationName]: Golden<InputOf<Name>, OutputOf<Name>>;
};

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const xml: Readonly<Record<string, string>> = { 'content-type': 'application/xml' };
export const versionId = 'CAEQARiBgID8rumR2hYiIGUyOTAyZGY2MzU5MjQ5ZjlhYzQzZjNlYTAyZDE3MDRk';

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
