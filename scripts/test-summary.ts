// Prints the one line a CI reads: how many tests passed, failed and were skipped, from Vitest's reports.
// Before it, on the standard error, what failed and why: the end of a log is what is kept of it.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** Why the file could not be loaded. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

const linesOfWhy = 12;

const reports = process.argv
  .slice(2)
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);
const sum = (count: (report: Report) => number): number =>
  reports.reduce((all, report) => all + count(report), 0);

for (const { name, status, message, assertionResults } of reports.flatMap((r) => r.testResults)) {
  const file = relative(process.cwd(), name);
  const refused = assertionResults.filter((test) => test.status === 'failed');
  for (const { fullName, failureMessages } of refused) say(`${file}: ${fullName}`, failureMessages);
  if (status === 'failed' && refused.length === 0) say(file, [message]);
}

const passed = sum(({ numPassedTests }) => numPassedTests);
// A file that could not even be loaded counts no test; it must not look like a success.
const failed = sum(({ success, numFailedTests }) => (success ? 0 : Math.max(1, numFailedTests)));
const skipped = sum(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

function say(what: string, why: readonly string[] | null): void {
  const lines = (why ?? []).join('\n').split('\n');
  const ours = lines.filter((line) => !line.includes('node_modules')).slice(0, linesOfWhy);
  console.error([`failed: ${what}`, ...ours].join('\n  '));
}
