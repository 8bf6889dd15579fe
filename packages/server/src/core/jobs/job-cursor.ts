// Where a job goes on: in memory, or in a row of the store that outlives the process.
import type { CoreContext } from '../context/context.ts';
import { FencedError } from '../context/transact.ts';
import { jobCursorKey } from '../keys/process-keys.ts';
import { readRow } from '../ports/read-rows.ts';
import type { Job } from './job.ts';

/** What a stored cursor is written with. */
export type CursorStore = Pick<CoreContext, 'lease' | 'metadata'>;

export interface JobCursor<At> {
  read(): Promise<At | undefined>;
  /** undefined: to the beginning. */
  move(to: At | undefined): Promise<void>;
}

export function cursorOf<Report, At>(core: CursorStore, job: Job<Report, At>): JobCursor<At> {
  const { storedCursor } = job;
  return storedCursor === undefined
    ? new MemoryCursor()
    : new StoredCursor(core, jobCursorKey(job.name), storedCursor);
}

class MemoryCursor<At> implements JobCursor<At> {
  #at: At | undefined;

  async read(): Promise<At | undefined> {
    return this.#at;
  }

  async move(to: At | undefined): Promise<void> {
    this.#at = to;
  }
}

class StoredCursor<At> implements JobCursor<At> {
  readonly #core: CursorStore;
  readonly #key: Buffer;
  readonly #form: NonNullable<Job<unknown, At>['storedCursor']>;

  constructor(core: CursorStore, key: Buffer, form: NonNullable<Job<unknown, At>['storedCursor']>) {
    this.#core = core;
    this.#key = key;
    this.#form = form;
  }

  async read(): Promise<At | undefined> {
    const row = await readRow(this.#core.metadata, this.#key);
    return row === null ? undefined : this.#form.decode(row.value);
  }

  async move(to: At | undefined): Promise<void> {
    const key = this.#key;
    const { lease, metadata } = this.#core;
    // A process that was declared dead must not move what another one goes on from.
    const check = [lease.check];
    const outcome = await metadata.commit(
      to === undefined
        ? { check, del: [key] }
        : { check, set: [{ key, value: this.#form.encode(to) }] },
    );
    if (!outcome.ok) throw new FencedError();
  }
}
