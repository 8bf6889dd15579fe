// Links between pages, and pages that any file names by their path: which of them lead nowhere.
import { dirname, join, normalize } from 'node:path';

export interface Tree {
  /** Paths from the root, with `/`. */
  readonly exists: (path: string) => boolean;
  readonly read: (path: string) => string;
}

/** Links of a Markdown page to files beside it and to headings. */
export function brokenLinks(file: string, tree: Tree): string[] {
  const broken: string[] = [];
  for (const [, target = ''] of prose(tree.read(file)).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/i.test(target)) continue;
    const [path = '', anchor] = target.split('#');
    const page = path === '' ? file : normalize(join(dirname(file), path));
    if (!tree.exists(page)) broken.push(`${file}: ${target} is not there`);
    else if (anchor !== undefined && !hasHeading(tree.read(page), anchor)) {
      broken.push(`${file}: ${target} has no such heading`);
    }
  }
  return broken;
}

/** Pages named from the root, as in `docs/cli.md`, in whatever file and whatever part of it. */
export function missingPages(file: string, tree: Tree): string[] {
  const named = tree
    .read(file)
    .matchAll(
      /(?<![\w./-])((?:docs|bench|conformance|packages|scripts)\/[\w./-]+\.md)\b(?:#([\w-]+))?/g,
    );
  const missing: string[] = [];
  for (const [all, page = '', anchor] of named) {
    if (!tree.exists(page)) missing.push(`${file}: ${all} is not there`);
    else if (anchor !== undefined && !hasHeading(tree.read(page), anchor)) {
      missing.push(`${file}: ${all} has no such heading`);
    }
  }
  return missing;
}

/** Without blocks and pieces of code, whose brackets are no links. */
function prose(markdown: string): string {
  return markdown.replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
}

function hasHeading(markdown: string, anchor: string): boolean {
  // Code goes, but not the code inside a heading.
  const headings = markdown
    .replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1/gm, '')
    .matchAll(/^#+ (.+)$/gm);
  return [...headings].some(([, heading]) => slug(heading ?? '') === anchor);
}

/** How GitHub makes a heading's anchor. */
function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
