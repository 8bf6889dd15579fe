// The open-ended end of a record: a msgpack map with short names, so that a field can be added
// without a new format. Maps stay maps: a name such as `__proto__` is a name like any other.
import { Packr } from 'msgpackr';

const packr = new Packr({ useRecords: false, mapsAsObjects: false });

export type Tail = ReadonlyMap<string, unknown>;

export function packTail(tail: Tail): Buffer {
  const packed = new Map<string, unknown>();
  for (const [name, value] of tail) if (value !== undefined) packed.set(name, value);
  return packr.pack(packed);
}

export function unpackTail(bytes: Buffer): Tail {
  return bytes.length === 0 ? new Map() : (packr.unpack(bytes) as Tail);
}

/** Pairs as a flat list of strings. */
export function flatPairs(pairs: ReadonlyMap<string, string>): string[] | undefined {
  return pairs.size === 0 ? undefined : [...pairs].flat();
}

export function pairsOf(flat: unknown): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (!Array.isArray(flat)) return pairs;
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.set(String(flat[at]), String(flat[at + 1]));
  return pairs;
}
