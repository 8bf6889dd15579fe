// What a job is: work that goes on in the background, round after round, as long as the store is open.
// When rounds run, one at a time, and who hears what failed is the runner's (job-runner.ts).

/** What a round gets. */
export interface Round<At> {
  /** What the last good round handed on; undefined: begin at the beginning. */
  readonly at: At | undefined;
  /** Hears of something that has to wait for a later round; this one goes on. */
  readonly failed: (error: unknown) => void;
  readonly pause: Pause;
}

/**
 * For a round that goes through much, now and then: requests run meanwhile. An engine that answers at once
 * never gives the event loop back by itself. Throws RoundStoppedError once the store is being closed.
 */
export type Pause = () => Promise<void>;

/** Ends a round before its end; nothing has failed. */
export class RoundStoppedError extends Error {
  override readonly name = 'RoundStoppedError';
}

export interface Done<Report, At> {
  readonly report: Report;
  /** Where the next round goes on; absent: at the beginning. */
  readonly next?: At | undefined;
}

export interface Job<Report = unknown, At = undefined> {
  /** In words with hyphens; no other job of the store has it. */
  readonly name: string;
  /** Between the end of a round and the beginning of the next; 0 = only when asked. */
  readonly intervalMs: number;
  /**
   * `one-node`: what it works on is the whole store's; of all processes of a node one runs it.
   * `each-process`: what it works on is known to this process alone.
   */
  readonly runsOn: 'one-node' | 'each-process';
  /**
   * How the cursor is written into the store (J), from where any process goes on. Absent: it stays in
   * memory, and ends with the process.
   */
  readonly storedCursor?: {
    readonly encode: (at: At) => Buffer;
    readonly decode: (bytes: Buffer) => At;
  };
  /** Whoever closes the store waits for it, up to its next pause. A round that throws hands nothing on. */
  round(round: Round<At>): Promise<Done<Report, At>>;
}

/** What became of a round. */
export interface RoundReport<Report> {
  /** Absent: the round threw, the job is another process's, or the store is being closed. */
  readonly report?: Report | undefined;
  /** What went wrong; a later round tries again. */
  readonly failures: readonly unknown[];
}

/** A job in the hands of a runner. */
export interface RunningJob<Report> {
  /** One round now, after the one under way. Never rejects. */
  run(): Promise<RoundReport<Report>>;
}
