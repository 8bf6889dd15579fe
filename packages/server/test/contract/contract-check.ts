// A contract is a list of named checks rather than tests, so that the suite's own test can run it
// over broken engines and see which check goes red (testing reference §2, Mutants).
import { describe, test } from 'vitest';

export interface ContractCheck<Engine> {
  readonly name: string;
  /** Throws when the engine breaks the contract. The engine is fresh and closed afterwards. */
  run(engine: Engine): Promise<void>;
}

export interface Closeable {
  close(): Promise<void>;
}

export function describeContract<Engine extends Closeable>(
  title: string,
  checks: readonly ContractCheck<Engine>[],
  open: () => Promise<Engine>,
): void {
  describe(title, () => {
    test.each(checks)('$name', async (check) => {
      await runCheck(check, open);
    });
  });
}

/** Names of the checks that fail. */
export async function failingChecks<Engine extends Closeable>(
  checks: readonly ContractCheck<Engine>[],
  open: () => Promise<Engine>,
): Promise<string[]> {
  const failed: string[] = [];
  for (const check of checks) {
    await runCheck(check, open).catch(() => failed.push(check.name));
  }
  return failed;
}

async function runCheck<Engine extends Closeable>(
  check: ContractCheck<Engine>,
  open: () => Promise<Engine>,
): Promise<void> {
  const engine = await open();
  try {
    await check.run(engine);
  } finally {
    await engine.close();
  }
}
