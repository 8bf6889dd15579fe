// Stamps that rows were last read with. A table of fixed size, indexed by a hash of the key: two keys that
// meet there cost each other a read, never an answer. Its memory is numbers and bytes, laid out once.
import { randomInt } from 'node:crypto';
import type { Key, Stamp } from '../../../../core/ports/metadata.ts';

/** Longer keys are not remembered. */
const keyBytesMax = 256;
/** Of one slot: a key and its length, its stamp, and the mark that the known stamps have beside it. */
const slotBytes = keyBytesMax + 2 + 8 + 8;
const slotsMax = 1 << 20;
/** Of 32-bit FNV-1a. */
const prime = 0x0100_0193;

/** Slots for so much memory: a power of two, or 0. */
export function slotsIn(bytes: number): number {
  const slots = Math.min(Math.floor(bytes / slotBytes), slotsMax);
  return slots < 1 ? 0 : 2 ** Math.floor(Math.log2(slots));
}

export class StampTable {
  /** By slot; 0 = none is known. Stamps stay far below 2^53. */
  readonly #stamps: Float64Array;
  readonly #keys: Uint8Array;
  readonly #keyLengths: Uint16Array;
  readonly #mask: number;
  /** Nobody outside can choose keys that meet. */
  readonly #seed = randomInt(0x7fff_ffff);

  /** `slots`: a power of two. */
  constructor(slots: number) {
    this.#stamps = new Float64Array(slots);
    this.#keys = new Uint8Array(slots * keyBytesMax);
    this.#keyLengths = new Uint16Array(slots);
    this.#mask = slots - 1;
  }

  slotOf(key: Key): number {
    let hash = this.#seed;
    for (let at = 0; at < key.length; at += 1) {
      hash = Math.imul(hash ^ (key[at] as number), prime);
    }
    return (hash ^ (hash >>> 16)) & this.#mask;
  }

  has(slot: number, key: Key, stamp: Stamp): boolean {
    return this.#stamps[slot] === Number(stamp) && this.#isAt(slot, key);
  }

  set(slot: number, key: Key, stamp: Stamp): void {
    if (key.length > keyBytesMax) return;
    this.#stamps[slot] = Number(stamp);
    if (this.#isAt(slot, key)) return;
    this.#keyLengths[slot] = key.length;
    this.#keys.set(key, slot * keyBytesMax);
  }

  delete(slot: number): void {
    this.#stamps[slot] = 0;
  }

  #isAt(slot: number, key: Key): boolean {
    if (this.#keyLengths[slot] !== key.length) return false;
    const from = slot * keyBytesMax;
    for (let at = 0; at < key.length; at += 1) {
      if (this.#keys[from + at] !== key[at]) return false;
    }
    return true;
  }
}
