// The one way to change metadata: plan a commit from what is read, commit it, and plan again when
// what was read has changed. A queue per entity keeps hot keys from conflict storms
// (metadata model §1); only the commit is ever repeated, never a body.
import { OssError, ossError } from '@osskeep/protocol';
import { type Commit, type Metadata, MetadataLimitError } from '../ports/metadata.ts';
import type { Random } from '../ports/random.ts';

/** A commit to try, or an answer that needs none. */
export type Plan<Answer> =
  | { readonly commit: Commit; readonly answer: () => Answer }
  | { readonly commit?: undefined; readonly answer: Answer };

/** Another process declared this one dead; nothing it writes is accepted any more. */
export class FencedError extends Error {
  override readonly name = 'FencedError';

  constructor() {
    super('This process was declared dead by another one and must not write. Restart it.');
  }
}

/**
 * True when no commit of a failed `run` can have been made. After any other error the commit may
 * have happened: bytes that it would have named must be left to the sweep.
 */
export function isCertainlyUndone(error: unknown): boolean {
  return (
    error instanceof OssError || error instanceof MetadataLimitError || error instanceof FencedError
  );
}

/**
 * Of N processes that write one key all the time, each wins one try in N: a few tries would refuse what
 * only has to wait. Waiting long between them would make the loser lose again.
 */
const triesMax = 64;
const waitersMax = 1024;
const jitterMsMax = 4;

export class Transactor {
  readonly #metadata: Metadata;
  readonly #random: Random;
  readonly #fence: Buffer;
  readonly #onFenced: () => void;
  readonly #queues = new Map<string, { waiters: number; last: Promise<unknown> | undefined }>();

  /** `fence` is the key whose loss means that this process may no longer write. */
  constructor(metadata: Metadata, random: Random, fence: Buffer, onFenced: () => void) {
    this.#metadata = metadata;
    this.#random = random;
    this.#fence = fence;
    this.#onFenced = onFenced;
  }

  /** One plan at a time per entity; plans of different entities run side by side. */
  async run<Answer>(entity: string, plan: () => Promise<Plan<Answer>>): Promise<Answer> {
    const queue = this.#queues.get(entity) ?? { waiters: 0, last: undefined };
    if (queue.waiters >= waitersMax) throw ossError('ServiceUnavailable');
    queue.waiters += 1;
    this.#queues.set(entity, queue);
    const tryNow = (): Promise<Answer> => this.#tryUntilDone(plan);
    const turn = queue.last === undefined ? tryNow() : queue.last.then(tryNow);
    queue.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      queue.waiters -= 1;
      if (queue.waiters === 0) this.#queues.delete(entity);
    }
  }

  async #tryUntilDone<Answer>(plan: () => Promise<Plan<Answer>>): Promise<Answer> {
    for (let tries = 0; tries < triesMax; tries += 1) {
      if (tries > 0) await this.#jitter(tries);
      const planned = await plan();
      if (planned.commit === undefined) return planned.answer;
      const outcome = await this.#metadata.commit(planned.commit);
      if (outcome.ok) return planned.answer();
      if (outcome.conflict.equals(this.#fence)) {
        this.#onFenced();
        throw new FencedError();
      }
    }
    throw ossError('ServiceUnavailable');
  }

  /** Two losers that waited the same time would meet again; the first repetition is at once. */
  #jitter(tries: number): Promise<void> {
    const spread = Math.min(jitterMsMax, 2 ** tries);
    const ms = ((this.#random.bytes(1)[0] ?? 0) / 256) * spread;
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  }
}
