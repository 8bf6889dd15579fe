// What the one process that writes knows about rows without reading them: the stamp that a row was last
// read with, as long as no commit about it has begun since. A table of fixed size, indexed by a hash of the
// key: two keys that meet there cost each other a read, never an answer.
import { randomInt } from 'node:crypto';
import type { Key, Stamp } from '../../core/ports/metadata.ts';
import { inOwnMemory } from '../../core/ports/own-memory.ts';

const placeBits = 16;
/** Longer keys are not remembered: with all of its 65,536 places taken, the table has about 30 MiB. */
const keyBytesMax = 256;
/** Of 32-bit FNV-1a. */
const prime = 0x0100_0193;

export class KnownStamps {
  /** By place; 0 = none is known. Numbers, which lie side by side: stamps stay far below 2^53. */
  readonly #known = new Float64Array(1 << placeBits);
  readonly #keys = new Array<Key | undefined>(1 << placeBits).fill(undefined);
  /** Of the last commit about a key of this place. */
  readonly #marked = new Float64Array(1 << placeBits);
  /** Of the last commit that every new view shows. */
  #visible = 0;
  /** Nobody outside can choose keys that meet. */
  readonly #seed = randomInt(0x7fff_ffff);

  /** The row has this stamp; false = it is not known whether it has. */
  has(key: Key, stamp: Stamp): boolean {
    const place = this.#placeOf(key);
    if (this.#known[place] !== Number(stamp)) return false;
    const known = this.#keys[place];
    return known === key || known?.equals(key) === true;
  }

  /**
   * The row was read with this stamp, in a view of this turn. A key that has its memory for itself is kept,
   * and must stay as it is; of others, a copy: a piece of a pool would keep the whole pool.
   */
  note(key: Key, stamp: Stamp): void {
    const place = this.#placeOf(key);
    // A commit that may not be visible yet would be overlooked from then on.
    if ((this.#marked[place] as number) > this.#visible || key.length > keyBytesMax) return;
    this.#known[place] = Number(stamp);
    this.#keys[place] = inOwnMemory(key);
  }

  /** A commit with this stamp, about this key, is to begin. */
  mark(key: Key, stamp: Stamp): void {
    const place = this.#placeOf(key);
    this.#known[place] = 0;
    this.#keys[place] = undefined;
    this.#marked[place] = Number(stamp);
  }

  /** Commits up to this stamp are seen by every view from now on. */
  show(stamp: Stamp): void {
    this.#visible = Number(stamp);
  }

  #placeOf(key: Key): number {
    let hash = this.#seed;
    for (let at = 0; at < key.length; at += 1) {
      hash = Math.imul(hash ^ (key[at] as number), prime);
    }
    return (hash ^ (hash >>> placeBits)) & ((1 << placeBits) - 1);
  }
}
