// Stamps that rows were last read with. A table of fixed size, indexed by a hash of the key: two keys that
// meet there cost each other a read, never an answer.
import { randomInt } from 'node:crypto';
import type { Key, Stamp } from '../../../../core/ports/metadata.ts';
import { inOwnMemory } from '../../../../core/ports/own-memory.ts';

/** Longer keys are not remembered. */
const keyBytesMax = 256;
/** A place takes so much at most: the longest key, the buffer that holds it, three numbers. */
const placeBytes = 480;
const placesMax = 1 << 20;
/** Of 32-bit FNV-1a. */
const prime = 0x0100_0193;

/** Places of a table that takes so much memory with all of them taken: a power of two, or 0. */
export function placesIn(bytes: number): number {
  const places = Math.min(Math.floor(bytes / placeBytes), placesMax);
  return places < 1 ? 0 : 2 ** Math.floor(Math.log2(places));
}

export class StampTable {
  /** By place; 0 = none is known. Numbers, which lie side by side: stamps stay far below 2^53. */
  readonly #stamps: Float64Array;
  readonly #keys: (Key | undefined)[];
  readonly #mask: number;
  /** Nobody outside can choose keys that meet. */
  readonly #seed = randomInt(0x7fff_ffff);

  /** `places`: a power of two. */
  constructor(places: number) {
    this.#stamps = new Float64Array(places);
    this.#keys = new Array<Key | undefined>(places).fill(undefined);
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

  /**
   * A key that has its memory for itself is kept, and must stay as it is; of others, a copy: a piece of a
   * pool would keep the whole pool.
   */
  set(place: number, key: Key, stamp: Stamp): void {
    if (key.length > keyBytesMax) return;
    this.#stamps[place] = Number(stamp);
    if (!this.#isAt(place, key)) this.#keys[place] = inOwnMemory(key);
  }

  delete(place: number): void {
    this.#stamps[place] = 0;
    this.#keys[place] = undefined;
  }

  #isAt(place: number, key: Key): boolean {
    const known = this.#keys[place];
    return known === key || known?.equals(key) === true;
  }
}
