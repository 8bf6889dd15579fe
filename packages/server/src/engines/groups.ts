// Rolling up, as engines do it: which rows one row stands for, and where they end.
import type { Bytes, Key, RollUp } from '../core/ports/metadata.ts';

/** What the rows that this one stands for begin with; undefined = it stands for itself only. */
export function groupOf(key: Key, { from, delimiter, suffixBytes = 0 }: RollUp): Bytes | undefined {
  const at = key.indexOf(delimiter, from);
  if (at === -1) return undefined;
  const end = at + delimiter.length;
  return end > key.length - suffixBytes ? undefined : key.subarray(0, end);
}

export function isIn(group: Bytes, key: Key): boolean {
  return key.length >= group.length && key.compare(group, 0, group.length, 0, group.length) === 0;
}

/** The first key that is behind all of the group; undefined = no key is. */
export function behind(group: Bytes): Key | undefined {
  let length = group.length;
  while (length > 0 && group[length - 1] === 0xff) length -= 1;
  if (length === 0) return undefined;
  const key = Buffer.from(group.subarray(0, length));
  key[length - 1] = (group[length - 1] as number) + 1;
  return key;
}
