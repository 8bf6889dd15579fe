// What can go wrong in the command itself. Each message is a sentence for the person at the
// keyboard; `hint` says what to do next.

/** Exit codes, also written in `osskeep --help`. */
export const exitCodes = { success: 0, failure: 1, usage: 2 } as const;

/** The command line cannot be understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was understood and could not be carried out: exit code 1. */
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

/** Runs `work`; a failure is told as `Cannot <action>: <cause>`. */
export async function attempt<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof UsageError || cause instanceof CommandError) throw cause;
    throw new ActionError(`Cannot ${action}`, { cause });
  }
}
