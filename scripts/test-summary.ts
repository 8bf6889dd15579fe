// Prints the one line a CI reads: how many tests passed, failed and were skipped, from Vitest's report.
import { readFileSync } from 'node:fs';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
}

const report = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Report;
const skipped = report.numPendingTests + report.numTodoTests;
// A file that could not even be loaded counts no test; it must not look like a success.
const failed = report.success ? 0 : Math.max(1, report.numFailedTests);
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
