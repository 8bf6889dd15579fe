// Stamps that rows were last read with. A table of fixed size, indexed by a hash of the key: two keys that
// meet there cost each other a read, never an answer.
import { randomInt } from 'node:crypto';
import type { Key, Stamp } from '../../../../core/ports/metadata.ts';
import { inOwnMemory } from '../../../../core/ports/own-memory.ts';

const placeBits = 16;
export const stampPlaces = 1 << placeBits;
/** Longer keys are not remembered: with all of its 65,536 places taken, the table has about 30 MiB. */
const keyBytesMax = 256;
/** Of 32-bit FNV-1a. */
const prime = 0x0100_0193;

export class StampTable {
  /** By place; 0 = none is known. Numbers, which lie side by side: stamps stay far below 2^53. */
  readonly #stamps = new Float64Array(stampPlaces);
  readonly #keys = new Array<Key | undefined>(stampPlaces).fill(undefined);
  /** Nobody outside can choose keys that meet. */
  readonly #seed = randomInt(0x7fff_ffff);

  /** Below `stampPlaces`. */
  placeOf(key: Key): number {
    let hash = this.#seed;
    for (let at = 0; at < key.length; at += 1) {
      hash = Math.imul(hash ^ (key[at] as number), prime);
    }
    return (hash ^ (hash >>> placeBits)) & (stampPlaces - 1);
  }

  has(place: number, key: Key, stamp: Stamp): boolean {
    return this.#stamps[place] === Number(stamp) && this.#isAt(place, key);
  }

  /**
   * A key that has its memory for itself is kept, and must stay as it is; of others, a copy: a piece of a
   * pool would keep the whole pool. False: the key is too long to be remembered.
   */
  set(place: number, key: Key, stamp: Stamp): boolean {
    if (key.length > keyBytesMax) return false;
    this.#stamps[place] = Number(stamp);
    if (!this.#isAt(place, key)) this.#keys[place] = inOwnMemory(key);
    return true;
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
