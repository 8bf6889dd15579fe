// Stamps that rows were last read with. A table of fixed size, indexed by a hash of the key: two keys that
// meet there cost each other a read, never an answer. Its memory is numbers and bytes, laid out once.
import { randomInt } from 'node:crypto';
import type { Key, Stamp } from '../../../../core/ports/metadata.ts';

/** Longer keys are not remembered. */
const keyBytesMax = 256;
/** Of one place: a key and its length, its stamp, and the mark that the known stamps have beside it. */
const placeBytes = keyBytesMax + 2 + 8 + 8;
const placesMax = 1 << 20;
/** Of 32-bit FNV-1a. */
const prime = 0x0100_0193;

/** Places for so much memory: a power of two, or 0. */
export function placesIn(bytes: number): number {
  const places = Math.min(Math.floor(bytes / placeBytes), placesMax);
  return places < 1 ? 0 : 2 ** Math.floor(Math.log2(places));
}

export class StampTable {
  /** By place; 0 = none is known. Stamps stay far below 2^53. */
  readonly #stamps: Float64Array;
  readonly #keys: Uint8Array;
  readonly #keyLengths: Uint16Array;
  readonly #mask: number;
  /** Nobody outside can choose keys that meet. */
  readonly #seed = randomInt(0x7fff_ffff);

  /** `places`: a power of two. */
  constructor(places: number) {
    this.#stamps = new Float64Array(places);
    this.#keys = new Uint8Array(places * keyBytesMax);
    this.#keyLengths = new Uint16Array(places);
    this.#mask = places - 1;
  }

  placeOf(key: Key): number {
    let hash = this.#seed;
    for (let at = 0; at < key.length; at += 1) {
      hash = Math.imul(hash ^ (key[at] as number), prime);
    }
    return (hash ^ (hash >>> 16)) & this.#mask;
  }

  has(place: number, key: Key, stamp: Stamp): boolean {
    return this.#stamps[place] === Number(stamp) && this.#isAt(place, key);
  }

  set(place: number, key: Key, stamp: Stamp): void {
    if (key.length > keyBytesMax) return;
    this.#stamps[place] = Number(stamp);
    if (this.#isAt(place, key)) return;
    this.#keyLengths[place] = key.length;
    this.#keys.set(key, place * keyBytesMax);
  }

  delete(place: number): void {
    this.#stamps[place] = 0;
  }

  #isAt(place: number, key: Key): boolean {
    if (this.#keyLengths[place] !== key.length) return false;
    const from = place * keyBytesMax;
    for (let at = 0; at < key.length; at += 1) {
      if (this.#keys[from + at] !== key[at]) return false;
    }
    return true;
  }
}
