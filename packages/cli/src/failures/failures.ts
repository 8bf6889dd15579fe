// What can go wrong in the command itself. Each message is a sentence for the person at the
// keyboard; `hint` says what to do next.

/** Exit codes, those of ossutil 2; also written in `osskeep --help` and docs/cli.md. */
export const exitCodes = { success: 0, usage: 1, refused: 2, failure: 3, partial: 4 } as const;

/** The command line, or the configuration it leads to, cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was understood and could not be carried out. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}

/** Names what was being done when a lower layer failed; the cause says why. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}

/** Some of many were done and some were not; what went wrong was told at once, one by one. */
export class PartialError extends Error {
  override readonly name = 'PartialError';
}

/** Runs `work`; a failure is told as `Cannot <action>: <cause>`. */
export async function attempt<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // What already says what was being done is not said again.
    const told = [UsageError, CommandError, ActionError, PartialError];
    if (told.some((kind) => cause instanceof kind)) throw cause;
    throw new ActionError(`Cannot ${action}`, { cause });
  }
}
