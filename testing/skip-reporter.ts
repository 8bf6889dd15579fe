// Says at the end of a run which tests were skipped, and why. Vitest's own reporters count them and keep
// their reasons to themselves; a run that says nothing about what it left out looks like one that left
// out nothing.
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import { reasonIn } from './skips.ts';

/** How many tests were skipped for each reason, and where the first of them stands. */
export interface Skipped {
  readonly why: string;
  readonly where: string;
  count: number;
}

const noReason = 'no reason given';

export default class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const all = skippedOf(modules);
    if (all.length === 0) return;
    const lines = all.map(({ why, where, count }) => `  ${count} × ${why} (${where})`);
    console.log(`\nSkipped, and why:\n${lines.join('\n')}`);
    if (all.some(({ why }) => why === noReason)) {
      console.log('A skipped test says why: see testing/skips.ts.');
      process.exitCode = 1;
    }
  }
}

/** In the order of the first of each. */
function skippedOf(modules: readonly TestModule[]): readonly Skipped[] {
  const found = new Map<string, Skipped>();
  for (const module of modules) {
    for (const test of module.children.allTests('skipped')) {
      if (isLeftOutByName(test)) continue;
      const why = reasonOf(test) ?? noReason;
      const where = module.relativeModuleId;
      const known = found.get(`${why} ${where}`);
      if (known === undefined) found.set(`${why} ${where}`, { why, where, count: 1 });
      else known.count += 1;
    }
  }
  return [...found.values()];
}

/** With a name to look for (`-t`), everything else is left out on purpose. */
function isLeftOutByName({ project, fullName }: TestCase): boolean {
  const { testNamePattern } = project.config;
  return testNamePattern !== undefined && !testNamePattern.test(fullName);
}

/** The test's own, or that of the nearest suite around it. */
function reasonOf(test: TestCase): string | undefined {
  const result = test.result();
  if (result.state === 'skipped' && result.note !== undefined) return result.note;
  let at: TestCase | TestSuite | TestModule = test;
  while (at.type !== 'module') {
    const why = reasonIn(at.name);
    if (why !== undefined) return why;
    at = at.parent;
  }
  return undefined;
}
