// Headers as an answer takes them, from the list of their texts.
import { HeaderList } from '../../src/gateway/http/header-list.ts';

/** `list`: name, value, name, value. */
export function listOf(list: readonly string[]): HeaderList {
  const headers = new HeaderList();
  headers.addAll(list);
  return headers;
}
