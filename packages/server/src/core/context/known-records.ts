// Records that stand in one row each, parsed, by name. Absence is remembered too, so that somebody who
// guesses names costs a look-up each.

import { inOwnMemory } from '../keys/own-memory.ts';
import type { Eventually } from '../ports/eventually.ts';
import type { Key, Metadata, Row } from '../ports/metadata.ts';
import { readRow } from '../ports/read-rows.ts';
import type { CoreContext } from './context.ts';
import { LatelyUsed } from './lately-used.ts';
import type { KnownRow, RequestView } from './request-view.ts';

interface KnownRecord<Parsed> extends KnownRow {
  /** undefined: there was none. */
  readonly parsed: Parsed | undefined;
}

export interface RecordKind<Parsed> {
  key(name: string): Key;
  parse(name: string, row: Row): Parsed;
}

export class KnownRecords<Parsed> {
  readonly #metadata: Metadata;
  readonly #kind: RecordKind<Parsed>;
  readonly #records: LatelyUsed<KnownRecord<Parsed>>;

  constructor(core: CoreContext, kind: RecordKind<Parsed>) {
    this.#metadata = core.metadata;
    this.#kind = kind;
    this.#records = new LatelyUsed(core.settings.knownRecordsMax);
  }

  /** For a view to ask for; what it parsed to is not to be believed before. */
  known(name: string): KnownRecord<Parsed> | undefined {
    return this.#records.get(name);
  }

  /** As of the view or later; undefined when there is none. */
  find(at: RequestView, name: string): Eventually<Parsed | undefined> {
    const record = this.#records.get(name);
    const found = record && at.found(record);
    if (found === undefined) return this.#read(at, name);
    return found === 'unchanged' ? record?.parsed : this.#keep(at, name, found);
  }

  async #read(at: RequestView, name: string): Promise<Parsed | undefined> {
    return this.#keep(at, name, await readRow(this.#metadata, this.#kind.key(name)));
  }

  #keep(at: RequestView, name: string, row: Row | null): Parsed | undefined {
    const parsed = row === null ? undefined : this.#kind.parse(name, row);
    const key = inOwnMemory(this.#kind.key(name));
    const record = { key, known: row?.stamp, parsed };
    this.#records.set(name, record);
    at.add(record);
    return parsed;
  }
}
