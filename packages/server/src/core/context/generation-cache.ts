// A bounded cache in two generations: what is used moves to the young one; when that is full it becomes the
// old one, and the old one is dropped. So what was not used for long goes, without a list to be kept in
// order at each use.

interface Entry<Value> {
  readonly value: Value;
  readonly bytes: number;
}

/** By group, then by name: a name made of both would be a new string, to be hashed, for each look. */
type Generation<Value> = Map<string, Map<string, Entry<Value>>>;

export class GenerationCache<Value> {
  readonly #generationBytesMax: number;
  #young: Generation<Value> = new Map();
  #old: Generation<Value> = new Map();
  #youngBytes = 0;

  /** Both generations together; 0 = nothing is kept. */
  constructor(bytesMax: number) {
    this.#generationBytesMax = bytesMax / 2;
  }

  get(group: string, name: string): Value | undefined {
    const young = this.#young.get(group)?.get(name);
    if (young !== undefined) return young.value;
    const old = this.#old.get(group)?.get(name);
    if (old === undefined) return undefined;
    this.#add(group, name, old);
    return old.value;
  }

  /** `bytes`: what the entry takes, about. One that would take a whole generation is not kept. */
  set(group: string, name: string, value: Value, bytes: number): void {
    const before = this.#young.get(group)?.get(name);
    if (before !== undefined) {
      this.#youngBytes -= before.bytes;
      this.#young.get(group)?.delete(name);
    }
    this.#old.get(group)?.delete(name);
    this.#add(group, name, { value, bytes });
  }

  #add(group: string, name: string, entry: Entry<Value>): void {
    if (entry.bytes > this.#generationBytesMax) return;
    if (this.#youngBytes + entry.bytes > this.#generationBytesMax) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    let entries = this.#young.get(group);
    if (entries === undefined) {
      entries = new Map();
      this.#young.set(group, entries);
    }
    entries.set(name, entry);
    this.#youngBytes += entry.bytes;
  }
}
