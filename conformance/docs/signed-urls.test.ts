// docs/signed-urls.md from its first line to its last: each block is run as its info string says
// (support/blocks.ts), in one shell, on a machine of its own. The URL of each signing block goes to each
// receiving one. What is not run is said, here and in the report.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Report, type Table } from '../seed/support/report.ts';
import { isComplete, missing, missingPrograms, root } from '../seed/support/toolchain.ts';
import { nothingMayBeSkipped } from '../support/python.ts';
import { type Block, type Item, readPage, type Step } from './support/blocks.ts';
import { missingMachine } from './support/session.ts';
import { Tour } from './support/tour.ts';

const page = 'docs/signed-urls.md';
const items = readPage(readFileSync(join(root, page), 'utf8'));

const blocks = items.filter((item) => item.kind === 'block');
const signers = blocks.filter(({ role }) => role === 'sign');
const isReceiver = (item: Item): boolean =>
  item.kind === 'block' ? item.role === 'receive' : ['browser', 'android'].includes(item.name);

/** The SDK of PHP cannot be had from every registry: where it is missing, that only skips. */
const mayBeMissing = 'phpSdk';

const needsOf = ({ words }: Item): readonly string[] => words['needs']?.split(',') ?? [];

function missingFor(item: Item): string | undefined {
  for (const need of needsOf(item)) {
    const known: Readonly<Record<string, string | undefined>> = missing;
    const why = Object.hasOwn(known, need) ? known[need] : missingPrograms(need);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Why these are not run; throws where nothing may be skipped. */
function whyNot(...used: readonly Item[]): string | undefined {
  for (const item of used) {
    if (item.kind === 'block' && item.role === 'not-run') return item.value;
    const why = missingMachine ?? missingFor(item);
    if (why === undefined) continue;
    if (nothingMayBeSkipped && !needsOf(item).includes(mayBeMissing)) throw new Error(why);
    return why;
  }
  return undefined;
}

const report = new Report();
const pairs = report.table('Each URL given to each receiver', 'signer');
const cases = report.table('Signers in the cases of the page', 'signer');

const nameOf = ({ words, line }: Item): string => words['name'] ?? `line ${line}`;

function place({ line, heading }: Item): string {
  return `line ${line}, ${heading}`;
}

function whatOf(item: Item): string {
  return (item.kind === 'block' ? [item.language, item.role, item.value] : [item.name])
    .join(' ')
    .trim();
}

test('every file of the page is used by what follows it', () => {
  const files = blocks.filter(({ role }) => role === 'file');
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const rest = items.slice(items.indexOf(file) + 1);
    const isUsed = rest.some((item) =>
      item.kind === 'block' ? item.text.includes(file.value) : item.value.includes(file.value),
    );
    expect(isUsed, `${file.value}, ${place(file)}`).toBe(true);
  }
});

describe(page, () => {
  let tour: Tour;
  let isFinished = false;

  beforeAll(() => {
    if (missingMachine === undefined) tour = new Tour();
  });

  afterAll(async () => {
    const left = await tour?.stop();
    const form = isComplete ? 'complete' : 'short form';
    report.publish(`${page} (${form})`, join(root, '.cache/docs-report.md'));
    if (isFinished) expect(left, 'what the page has left running').toEqual([]);
  });

  for (const item of items) {
    if (item.kind === 'step' && item.name === 'signers') {
      describe(`every signer: ${nameOf(item)}`, () => describeCase(item, () => tour));
    } else if (item.kind === 'step' && item.name === 'pairs') {
      describe('every signer to every receiver', () => describePairs(item, () => tour));
    } else {
      test(`${place(item)}: ${whatOf(item)}`, async ({ skip }) => {
        const why = whyNot(item);
        if (why !== undefined) {
          report.note(`${nameOf(item)} (${place(item)}): not run, ${why}.`);
          skip(why);
        }
        await tour.take(item);
        isFinished = item === items.at(-1);
      }, 180_000);
    }
  }
});

/** The signing programs before this step, each with the step's settings. */
function describeCase(step: Step, tour: () => Tour): void {
  const column = nameOf(step);
  // The command has its own block in each case.
  const programs = signers.filter(
    ({ line, words, text }) => line < step.line && 'name' in words && runsFile(text),
  );
  for (const signer of programs) cases.set(nameOf(signer), column, 'not run');
  for (const signer of isComplete ? programs : programs.slice(0, 1)) {
    test(
      nameOf(signer),
      ({ skip }) =>
        fill(cases, signer, column, [step, signer], skip, async () => {
          const url = await tour().sign(signer, await tour().settings(step), step.words['gives']);
          const { contains } = step.words;
          if (contains !== undefined) expect(url).toContain(contains);
        }),
      180_000,
    );
  }
}

function runsFile(text: string): boolean {
  return blocks.some(({ role, value }) => role === 'file' && text.includes(value));
}

/** What signed before this step to what received before it; in the short form one row and one column. */
function describePairs(step: Step, tour: () => Tour): void {
  const before = items.filter(({ line, words }) => line < step.line && 'name' in words);
  const receivers = before.filter(isReceiver);
  const notRun = before.filter((item) => item.kind === 'block' && item.role === 'not-run');
  const rows = before.filter((item) => item.kind === 'block' && item.role === 'sign') as Block[];
  for (const [at, signer] of rows.entries()) {
    const urls = new Map<Block, string>();
    const wanted = isComplete || at === 0 ? receivers : receivers.slice(0, 1);
    const columns = [...receivers, ...notRun].map(nameOf);
    for (const column of columns) pairs.set(nameOf(signer), column, 'not run');
    for (const receiver of wanted) {
      test(
        `${nameOf(signer)} to ${nameOf(receiver)}`,
        ({ skip }) =>
          fill(pairs, signer, nameOf(receiver), [signer, receiver], skip, async () => {
            const url = urls.get(signer) ?? (await tour().sign(signer, {}));
            urls.set(signer, url);
            await tour().receive(receiver, url);
          }),
        180_000,
      );
    }
  }
}

async function fill(
  table: Table,
  signer: Item,
  column: string,
  used: readonly Item[],
  skip: (why: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  await table.cell(nameOf(signer), column, async () => {
    const why = whyNot(...used);
    if (why === undefined) {
      await work();
      return 'yes';
    }
    table.set(nameOf(signer), column, 'skipped');
    skip(why);
    return 'skipped';
  });
}
