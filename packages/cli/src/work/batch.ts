// Keeps count of work on many things. What fails is told at once and the rest goes on, as ossutil
// does; only what would fail for all of them ends the work.
import { attempt, PartialError } from '../failures/failures.ts';
import { causeOf, describeFailure, isRefusal } from '../failures/report-failure.ts';

/** Refusals of who asks or where, not of the one thing asked for. */
const hopelessCodes: ReadonlySet<string> = new Set([
  'InvalidAccessKeyId',
  'InvalidSecurityToken',
  'NoSuchBucket',
  'RequestTimeTooSkewed',
  'SecondLevelDomainForbidden',
  'SecurityTokenExpired',
  'SignatureDoesNotMatch',
]);

function isHopeless(error: unknown): boolean {
  const cause = causeOf(error);
  if (isRefusal(cause)) return hopelessCodes.has(cause.code);
  return cause instanceof Error && (cause as NodeJS.ErrnoException).code === 'ENOSPC';
}

export class Batch {
  /** Things that were looked at, done, left as they are, and failed. */
  total = 0;
  done = 0;
  skipped = 0;
  failed = 0;
  /** Called before a failure is printed. */
  onFailure: () => void = () => undefined;

  /** One of the many: `work` says whether it did something. */
  async run(action: string, work: () => Promise<boolean>): Promise<void> {
    this.total += 1;
    try {
      if (await attempt(action, work)) this.done += 1;
      else this.skipped += 1;
    } catch (error) {
      if (isHopeless(error)) throw error;
      this.failed += 1;
      this.onFailure();
      process.stderr.write(describeFailure(error));
    }
  }

  /** Throws when something failed: exit code 4. */
  finish(what: string): void {
    if (this.failed === 0) return;
    throw new PartialError(`${this.failed} of ${this.total} ${what} failed; see above.`);
  }
}
