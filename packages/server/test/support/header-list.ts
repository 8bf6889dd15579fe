// Headers as an answer takes them, from the list of their texts.
import { EncodedHeaders } from '../../src/gateway/http/encoded-headers.ts';
import { HeaderList } from '../../src/gateway/http/header-list.ts';

/** `list`: name, value, name, value. */
export function listOf(list: readonly string[]): HeaderList {
  const headers = new HeaderList();
  headers.addAll(list);
  return headers;
}

/** Nothing that was encoded before. */
export const noHeaders: EncodedHeaders = new EncodedHeaders([]);
