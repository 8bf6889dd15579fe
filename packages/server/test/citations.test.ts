// Holds that what comments, tests and docs cite can be looked up: every "signing reference §1.2", "choices row
// 7", "security checklist 15" leads to a place of a page in docs/reference, and every page that is linked or
// named by its path is there. Each rule is shown to find what it is for.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkCitations, readPages } from './support/citations.ts';
import { brokenLinks, missingPages, type Tree } from './support/page-links.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const reference = 'docs/reference';

const tree: Tree = {
  exists: (path) => existsSync(join(root, path)),
  read: (path) => readFileSync(join(root, path), 'utf8'),
};

const folders = '{packages,bench,conformance,scripts,docs}/**';
const ignored = ['**/node_modules/**', '**/dist/**'];

function filesOf(...patterns: string[]): string[] {
  const found = globSync(patterns, { cwd: root, exclude: ignored });
  return found.map((file) => file.replaceAll(sep, '/')).sort();
}

const markdown = filesOf('*.md', `${folders}/*.md`);
const sources = filesOf(`${folders}/*.{ts,js,mjs,as,py,sh,go,java,kt,php,rb,m,html,conf,lua}`);

const pages = readPages(tree.read(`${reference}/README.md`), (file) =>
  tree.read(`${reference}/${file}`),
);

/** The page that a file is, if it is one that can be cited. */
const pageOf = (file: string) =>
  [...pages.values()].find((page) => `${reference}/${page.file}` === file);

describe('citations', () => {
  test('every one leads to a place of a page', () => {
    let citations = 0;
    const wrong = [...sources, ...markdown].flatMap((file) => {
      const found = checkCitations(tree.read(file), pages, pageOf(file));
      citations += found.citations;
      return found.problems.map(({ line, problem }) => `${file}:${line}: ${problem}`);
    });
    expect(wrong).toEqual([]);
    // There are some hundreds: far fewer means that nothing was looked at.
    expect(citations).toBeGreaterThan(300);
  });

  test('every page of the reference has a name to cite it by', () => {
    const files = readdirSync(join(root, reference)).filter((file) => file !== 'README.md');
    expect([...new Set([...pages.values()].map(({ file }) => file))].sort()).toEqual(files.sort());
  });

  // Put together here, so that this file cites nothing that is not there.
  const at = '§';
  test.each([
    ['a section', `// See signing reference ${at}9.9.`, `signing reference has no ${at}9.9`],
    ['the second of two', `// errors reference ${at}1, ${at}77`, `errors reference has no ${at}77`],
    ['the end of a range', `// errors reference ${at}2-${at}78`, `errors reference has no ${at}78`],
    ['an operation', `// operations reference T1-${107}`, `operations reference has no T1-${107}`],
    ['a row', `// choices row ${24}`, 'choices has no row 24'],
    ['a row after others', `// choices rows 7 and ${25}`, 'choices has no row 25'],
    ['a section that is a row', `// choices ${at}21`, `choices has no ${at}21`],
    ['an item', `describe('checklist ${51}: x');`, 'checklist has no item 51'],
    ['a rule', `// signing reference ${at}1.9, rule ${7}`, 'signing reference has no rule 7'],
    [
      'an invariant',
      `// metadata model ${at}10, invariant ${15}`,
      'metadata model has no invariant 15',
    ],
    ['a promise', `// That much is D${20}.`, 'durability contract has no D20'],
    [
      'over two lines',
      `// as the signing\n// reference ${at}9.8 says`,
      `signing reference has no ${at}9.8`,
    ],
    ['over two lines of a block', `/**\n * choices\n * row ${26}\n */`, 'choices has no row 26'],
  ])('%s that is not there is found', (_, text, problem) => {
    expect(checkCitations(text, pages).problems.map((found) => found.problem)).toEqual([problem]);
  });

  test.each([
    ['a section without a page', `// See ${at}3.`],
    ['a page that was renamed', `// reliability page ${at}4`],
    ['a page that never was', `// The plan ${at}8 row 1 says so.`],
    ['an operation without a page', `// T0-${15}`],
    ['a choice of something else', `// plan choice ${3}`],
    ['a row of nothing', `// as agreed (row ${7})`],
    ['a promise of another page', `// reliability page D${10}`],
  ])('%s is found', (_, text) => {
    expect(checkCitations(text, pages).problems).toHaveLength(1);
  });

  test('what leads somewhere, and what is no citation, is left alone', () => {
    const text = [
      `// Signing reference ${at}1.2 and ${at}1.4, choices rows 10 to 13, 20 (404 otherwise), D9.`,
      `// RFC 5280 ${at}4.1.2.2; 20 rows; a page of 7 items; metadata model.`,
      `const pattern = /${at}\\d/;`,
    ].join('\n');
    expect(checkCitations(text, pages)).toEqual({ citations: 5, problems: [] });
  });

  test('a page may cite itself without its name, and nothing that it lacks', () => {
    const own = pages.get('signing reference');
    expect(checkCitations(`Of ${at}1.5.`, pages, own).problems).toEqual([]);
    expect(checkCitations(`Of ${at}1.55.`, pages, own).problems).toHaveLength(1);
    expect(checkCitations(`As D${19} and D${21} say.`, pages, own).problems).toHaveLength(1);
  });
});

describe('links', () => {
  test('of pages lead to files and headings', () => {
    expect(markdown.length).toBeGreaterThan(15);
    expect(markdown.flatMap((file) => brokenLinks(file, tree))).toEqual([]);
  });

  test('pages that are named by their path are there', () => {
    const files = [...sources, ...markdown];
    expect(files.flatMap((file) => missingPages(file, tree))).toEqual([]);
  });

  const docs = 'docs';
  const made = (text: string): Tree => {
    const files: Record<string, string> = {
      [`${docs}/a.md`]: text,
      [`${docs}/b.md`]: '# B\n\n## The `x` of it, told\n\n```\n## Not a heading\n```\n',
    };
    return { exists: (path) => path in files, read: (path) => files[path] ?? '' };
  };

  test.each([
    ['a file', '[c](c.md)', 1],
    ['a heading', '[b](b.md#none)', 1],
    ['a heading of its own', '# A\n\n[here](#b)', 1],
    ['a heading that is code', '[b](b.md#not-a-heading)', 1],
    ['nothing missing', '[b](b.md), [x](b.md#the-x-of-it-told), [w](https://example.com/x.md)', 0],
    ['links in code', '`[c](c.md)`\n\n```\n[c](c.md)\n```\n', 0],
  ])('linked: %s', (_, text, count) => {
    expect(brokenLinks(`${docs}/a.md`, made(text))).toHaveLength(count);
  });

  test.each([
    ['a page', `// ${docs}/c.md`, 1],
    ['a heading', `// \`${docs}/b.md#none\``, 1],
    ['nothing missing', `// (${docs}/b.md), ${docs}/b.md#the-x-of-it-told.`, 0],
  ])('named by its path: %s', (_, text, count) => {
    expect(missingPages(`${docs}/a.md`, made(text))).toHaveLength(count);
  });
});
