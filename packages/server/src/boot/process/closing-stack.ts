// What a start has opened, closed in reverse order: by the stop, or on the way out of a start that failed.
// (AsyncDisposableStack would be this; Node has it from version 24 on.)

type Close = () => void | Promise<void>;

export class ClosingStack {
  readonly #closes: Close[] = [];

  /** To be closed before all that was added earlier. */
  add(close: Close): void {
    this.#closes.push(close);
  }

  /**
   * Closes what is there, last first, one after the other. What cannot be closed keeps none of the others open;
   * what failed is thrown when all have been tried, several failures as an AggregateError.
   */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closes.pop(); close !== undefined; close = this.#closes.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('; '));
    if (failures.length > 0) throw failures[0];
  }
}

/**
 * Gives `open` a stack to fill; when it fails, what is there by then is closed, and its error stands. What cannot
 * be closed then is told to the callback. Parts of a server have none on purpose: the start around them fails with
 * that error in any case.
 */
export async function openOrClose<T>(
  open: (opened: ClosingStack) => Promise<T>,
  onCloseFailure: (error: unknown) => void = () => undefined,
): Promise<T> {
  const opened = new ClosingStack();
  try {
    return await open(opened);
  } catch (error) {
    await opened.close().catch(onCloseFailure);
    throw error;
  }
}
