// A bounded cache in two generations: what is used moves to the young one; when that is full it becomes the
// old one, and the old one is dropped. So what was not used for long goes, without a list to be kept in
// order at each use.

interface Entry<Value> {
  readonly value: Value;
  readonly bytes: number;
}

export class GenerationCache<Value> {
  readonly #generationBytesMax: number;
  #young = new Map<string, Entry<Value>>();
  #old = new Map<string, Entry<Value>>();
  #youngBytes = 0;

  /** Both generations together; 0 = nothing is kept. */
  constructor(bytesMax: number) {
    this.#generationBytesMax = bytesMax / 2;
  }

  get(name: string): Value | undefined {
    const young = this.#young.get(name);
    if (young !== undefined) return young.value;
    const old = this.#old.get(name);
    if (old === undefined) return undefined;
    this.#add(name, old);
    return old.value;
  }

  /** `bytes`: what the entry takes, about. One that would take a whole generation is not kept. */
  set(name: string, value: Value, bytes: number): void {
    const before = this.#young.get(name);
    if (before !== undefined) {
      this.#youngBytes -= before.bytes;
      this.#young.delete(name);
    }
    this.#old.delete(name);
    this.#add(name, { value, bytes });
  }

  #add(name: string, entry: Entry<Value>): void {
    if (entry.bytes > this.#generationBytesMax) return;
    if (this.#youngBytes + entry.bytes > this.#generationBytesMax) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    this.#young.set(name, entry);
    this.#youngBytes += entry.bytes;
  }
}
