// Prints the one line a CI reads: how many tests passed, failed and were skipped, from Vitest's reports.
import { readFileSync } from 'node:fs';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
}

const reports = process.argv
  .slice(2)
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);
const sum = (count: (report: Report) => number): number =>
  reports.reduce((all, report) => all + count(report), 0);

const passed = sum(({ numPassedTests }) => numPassedTests);
// A file that could not even be loaded counts no test; it must not look like a success.
const failed = sum(({ success, numFailedTests }) => (success ? 0 : Math.max(1, numFailedTests)));
const skipped = sum(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
