// The configuration epoch and what is parsed from configuration. Every request reads the epoch
// once; a cached record counts only under the epoch it was read with, so a revoked key or a deleted
// bucket is never used on a later request (metadata model §4).
import { configurationKey } from '../keys/configuration-keys.ts';
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { Metadata, Row, Stamp } from '../ports/metadata.ts';
import { readKnown, readRow } from '../ports/read-rows.ts';

/** One request's view of the configuration. Take it when the request begins. */
export interface Snapshot {
  readonly epoch: Stamp | null;
}

/** What a configuration commit sets besides its own rows; only the new stamp has meaning. */
export const newEpoch: { readonly key: Buffer; readonly value: Buffer } = {
  key: configurationKey,
  value: Buffer.of(1),
};

const entriesMax = 10_000;

/** `last` is given again while it is still true. */
export function takeSnapshot(metadata: Metadata, last?: Snapshot): Eventually<Snapshot> {
  if (last === undefined || last.epoch === null) return firstSnapshot(metadata);
  return whenThere(readKnown(metadata, configurationKey, last.epoch), (row) =>
    row === 'unchanged' ? last : { epoch: stampOf(row) },
  );
}

async function firstSnapshot(metadata: Metadata): Promise<Snapshot> {
  return { epoch: stampOf(await readRow(metadata, configurationKey)) };
}

/** Parsed records by name. Absence is remembered too, so an attacker's guesses cost a look-up. */
export class ConfigurationCache<Parsed> {
  readonly #load: (name: string) => Promise<{ epoch: Stamp | null; parsed: Parsed | undefined }>;
  readonly #entries = new Map<string, { epoch: Stamp | null; parsed: Parsed | undefined }>();

  constructor(
    load: (name: string) => Promise<{ epoch: Stamp | null; parsed: Parsed | undefined }>,
  ) {
    this.#load = load;
  }

  find(at: Snapshot, name: string): Eventually<Parsed | undefined> {
    const known = this.#entries.get(name);
    if (known !== undefined && known.epoch === at.epoch) return known.parsed;
    return this.#find(name);
  }

  async #find(name: string): Promise<Parsed | undefined> {
    // Read later than the snapshot, so never older than what the request may rely on.
    const loaded = await this.#load(name);
    if (this.#entries.size >= entriesMax && !this.#entries.has(name)) this.#dropOldest();
    this.#entries.set(name, loaded);
    return loaded.parsed;
  }

  #dropOldest(): void {
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }
}

export function stampOf(row: Row | null | undefined): Stamp | null {
  return row?.stamp ?? null;
}
