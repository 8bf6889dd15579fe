// Tests that a machine cannot run, or that only the complete run has: each says why in its name, where the
// reporter of skipped tests (skip-reporter.ts) finds it. A skip without a reason fails the run.

/** CI sets it: what is not there is a failure, and the long forms run. */
export const nothingMayBeSkipped: boolean = process.env['OSSKEEP_REQUIRE_ALL'] === '1';

/** Why the complete form of a suite is not run; undefined where it is. */
export const onlyComplete: string | undefined = nothingMayBeSkipped
  ? undefined
  : 'only in the complete run, OSSKEEP_REQUIRE_ALL=1';

/** Why something of Linux is not tested here; undefined on Linux. */
export const onlyLinux: string | undefined =
  process.platform === 'linux' ? undefined : `Linux only, this is ${process.platform}`;

const pattern = /\[skipped: (.*)\]$/;

/** The end of the name of what is skipped for this reason; nothing where there is none. */
export function because(why: string | undefined): string {
  return why === undefined ? '' : ` [skipped: ${why}]`;
}

/** The reason in a name. */
export function reasonIn(name: string): string | undefined {
  return pattern.exec(name)?.[1];
}
