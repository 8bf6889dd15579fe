// Reads citations of the pages in docs/reference ("signing reference §1.2", "choices rows 7 and 20") and says
// which of them lead nowhere. How a citation is written: docs/reference/README.md, whose table of names is
// read here, so that a page without a name, or a name without a page, is found as well.

/** A page that can be cited, with every place that it has: sections, operations, promises, rows. */
export interface Page {
  readonly file: string;
  readonly places: ReadonlySet<string>;
}

/** By the name that citations use, in lower case. */
export type Pages = ReadonlyMap<string, Page>;

/** Which numbers of a page are counted by a word of their own, and in which section they stand. */
const numbered: Readonly<Record<string, { readonly word: string; readonly section: string }>> = {
  choices: { word: 'row', section: '8' },
  'security checklist': { word: 'item', section: '7' },
  'signing reference': { word: 'rule', section: '1.9' },
  'metadata model': { word: 'invariant', section: '10' },
  'durability reference': { word: 'step', section: '3.1' },
};

/** Tests of the checklist are named so: their folder says whose it is. */
const shortNames: Readonly<Record<string, string>> = { checklist: 'security checklist' };

/** The pages that the table in the README names. `read` gives the text of a page. */
export function readPages(readme: string, read: (file: string) => string): Pages {
  const pages = new Map<string, Page>();
  for (const [, name = '', file = ''] of readme.matchAll(
    /^\| ([a-z ]+) \| \[[^\]]+\]\(([^)]+)\)/gm,
  )) {
    pages.set(name, { file, places: new Set(placesOf(name, read(file))) });
  }
  for (const [short, name] of Object.entries(shortNames)) {
    const page = pages.get(name);
    if (page !== undefined) pages.set(short, page);
  }
  return pages;
}

function* placesOf(name: string, text: string): Generator<string> {
  for (const [, section] of text.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)) yield `§${section}`;
  for (const [, promise] of text.matchAll(/^\| (D\d+) \|/gm)) yield promise ?? '';
  for (const [, tier, from, to] of text.matchAll(/^\| (T\d)-(\d+)(?:\.\.(\d+))? \|/gm)) {
    // Some rows are for several operations, numbered from..to.
    for (let at = Number(from); at <= Number(to ?? from); at += 1) {
      yield `${tier}-${String(at).padStart(2, '0')}`;
    }
  }
  const own = numbered[name];
  if (own === undefined) return;
  for (const [, a, b] of sectionOf(text, own.section).matchAll(/^(?:\| (\d+) \||(\d+)\. )/gm)) {
    yield `${own.word} ${a ?? b}`;
  }
}

function sectionOf(text: string, section: string): string {
  const parts = text.split(/^(?=#{2,3} )/m);
  return parts.find((part) => /^#+ (\d+(?:\.\d+)?)/.exec(part)?.[1] === section) ?? '';
}

export interface Problem {
  readonly line: number;
  readonly problem: string;
}

interface Found {
  readonly citations: number;
  readonly problems: readonly Problem[];
}

/** Every citation in a file. `own` is the page that the file itself is: there a bare § means itself. */
export function checkCitations(text: string, pages: Pages, own?: Page): Found {
  const joined = joinComments(text);
  const covered = new Uint8Array(joined.length);
  const problems: Problem[] = [];
  let citations = 0;
  const report = (at: number, problem: string): void => {
    problems.push({ line: text.slice(0, at).split('\n').length, problem });
  };
  for (const { name, page, at, end, places } of chainsIn(joined, pages)) {
    covered.fill(1, at, end);
    citations += places.length;
    for (const place of places) {
      if (!page.places.has(place)) report(at, `${name} has no ${place}`);
    }
  }
  for (const match of joined.matchAll(/\bRFC\s+\d+,?(?:(?:,|\s|and|to)*§[\d.]*\d)+/g)) {
    covered.fill(1, match.index, match.index + match[0].length);
  }
  for (const { 0: all, 1: place = '', index } of joined.matchAll(
    /(§\d+(?:\.\d+)?|\bT[012]-\d{2,3}\b)/g,
  )) {
    if (covered[index] === 1 || own?.places.has(place)) continue;
    report(
      index,
      `${all}: of which page? Its name is missing, or is not in docs/reference/README.md`,
    );
  }
  for (const { 0: all, index } of joined.matchAll(unknownName)) {
    if (!covered.subarray(index, index + all.length).includes(1))
      report(index, `${all}: no such page`);
  }
  return { citations, problems: [...problems, ...promisesIn(text, pages, own)] };
}

/** What looks like a citation and names none of the pages: a choice of something else, a row of nothing. */
const unknownName =
  /(?:\b[\p{L}-]+[,:]?\s+(?:(?:choices?|checklist)\s+|(?:reference|page)\s+(?:D|rows?\s|items?\s))(?:rows?\s+|items?\s+)?|\((?:rows?|items?)\s+)\d/giu;

/** D1 to D19 stand for themselves, in comments and in the pages: elsewhere they may be anything. */
function* promisesIn(text: string, pages: Pages, own?: Page): Generator<Problem> {
  const contract = pages.get('durability contract');
  const comments = /^[ \t]*(?:\/\/|\/?\*).*$|[ \t]\/\/ .*$/gm;
  for (const comment of text.matchAll(own === undefined ? comments : /^.*$/gm)) {
    for (const { 0: place, index } of comment[0].matchAll(/\bD\d{1,2}\b/g)) {
      if (contract?.places.has(place)) continue;
      const line = text.slice(0, comment.index + index).split('\n').length;
      yield { line, problem: `durability contract has no ${place}` };
    }
  }
}

/** Comments over several lines read as one; every character keeps its place. */
function joinComments(text: string): string {
  return text.replace(/\n[ \t]*(?:\/\/|\*(?!\/)|#)/g, (start) => ' '.repeat(start.length));
}

interface Chain {
  readonly name: string;
  readonly page: Page;
  readonly at: number;
  readonly end: number;
  readonly places: readonly string[];
}

const locator =
  /(?:\s|,|\(|-|–|\band\b|\bor\b|\bto\b)*(?:(§\d+(?:\.\d+)?)|(T[012]-\d+)\b|(D\d+)\b|(?:server\s+)?(row|item|rule|invariant|step)s?\s+(\d+)\b|(?<!\(\s*)(\d+)\b)/y;

/** A page's name and all the places that follow it. A name alone cites nothing. */
function* chainsIn(text: string, pages: Pages): Generator<Chain> {
  const names = [...pages.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\b(?:${names.join('|').replaceAll(' ', '\\s+')})\\b`, 'gi');
  for (const { 0: written, index } of text.matchAll(pattern)) {
    const name = written.toLowerCase().replace(/\s+/g, ' ');
    const page = pages.get(name);
    if (page === undefined) continue;
    const places: string[] = [];
    let word = name.endsWith('checklist') ? 'item' : undefined;
    let end = index + written.length;
    for (;;) {
      locator.lastIndex = end;
      const match = locator.exec(text);
      if (match === null) break;
      const [, section, operation, promise, counted, number, bare] = match;
      // A number alone goes on with what was counted: "rows 10 to 13, 20".
      if (bare !== undefined && word === undefined) break;
      word = counted ?? (bare === undefined ? undefined : word);
      places.push(section ?? operation ?? promise ?? `${word} ${Number(number ?? bare)}`);
      end = locator.lastIndex;
    }
    if (places.length > 0) yield { name, page, at: index, end, places };
  }
}
