// Randomness as the core sees it, so that tests can repeat a run.

export interface Random {
  /** Fresh unpredictable bytes. */
  bytes(length: number): Buffer;
}
