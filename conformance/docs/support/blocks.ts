// Reads a page of documentation that is a session: code blocks that are run in the page's order. How a
// block is run stands after the language in its info string, where renderers show nothing:
//
//   ```sh run             a shell block, run in the one shell of the page; each command has to succeed
//   ```sh serve           the same; a server that it starts in the background is waited for
//   ```sh sign            the same; its last line of output is a signed URL
//   ```sh receive         the same; downloads "$url"
//   ```sh install=python  needs the network: run outside the shell, where it stands in for scripts/*.sh
//   ```ts file=sign.ts    saved under this name; a shell block has to name it
//   ```text output        what the shell block before printed; … stands for anything
//   ```text example       a URL that is checked by itself
//   ```objc not-run="…"   shown only, for the reason given
//
// More words: `needs=go,curl` (a block is skipped without them), `saves=FILE` and `gives=FILE` (the file
// that was downloaded has to be the same as the other). Between blocks, HTML comments that begin with a
// colon are steps as well: `<!--: browser http://127.0.0.1:8000/ saves=copy.txt -->`.

export const roles = [
  'run',
  'serve',
  'sign',
  'receive',
  'install',
  'file',
  'output',
  'example',
  'not-run',
] as const;
export type Role = (typeof roles)[number];

export const stepNames = ['browser', 'android', 'publish-txt', 'signers', 'pairs'] as const;
export type StepName = (typeof stepNames)[number];

const attributes = [
  ...['needs', 'saves', 'gives', 'name'],
  // Settings of the programs that a step runs.
  ...['endpoint', 'versionId', 'cname', 'contains'],
];

export interface Block {
  readonly kind: 'block';
  readonly role: Role;
  readonly language: string;
  /** Of the role: the file's name, what is installed, why it is not run. */
  readonly value: string;
  readonly words: Words;
  readonly text: string;
  readonly line: number;
  /** The heading it stands under. */
  readonly heading: string;
}

export interface Step {
  readonly kind: 'step';
  readonly name: StepName;
  /** What follows the name without being an attribute. */
  readonly value: string;
  readonly words: Words;
  readonly line: number;
  readonly heading: string;
}

export type Words = Readonly<Record<string, string>>;

export type Item = Block | Step;

/** Throws for a block that nothing says how to check. */
export function readPage(page: string): readonly Item[] {
  const items: Item[] = [];
  let heading = '';
  const lines = page.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const place = { line: at + 1, heading };
    const [, title] = /^#+ (.*)$/.exec(line) ?? [];
    if (title !== undefined) heading = title;
    const [, step] = /^\s*<!--: (.*) -->$/.exec(line) ?? [];
    if (step !== undefined) items.push(readStep(step, place));
    const [, indent, info] = /^(\s*)```(.*)$/.exec(line) ?? [];
    if (indent === undefined || info === undefined) continue;
    const end = lines.indexOf(`${indent}\`\`\``, at + 1);
    if (end === -1) throw new Error(`line ${at + 1}: the code block has no end`);
    const body = lines.slice(at + 1, end).map((text) => text.slice(indent.length));
    items.push(readBlock(info, `${body.join('\n')}\n`, place));
    at = end;
  }
  return items;
}

type Place = Pick<Block, 'line' | 'heading'>;

function readBlock(info: string, text: string, place: Place): Block {
  const { bare, words } = readWords(info, place);
  const [language = '', ...named] = bare;
  const found = roles.filter((role) => named.includes(role) || words[role] !== undefined);
  const [role, second] = found;
  if (role === undefined || second !== undefined || named.some((word) => word !== role)) {
    throw new Error(`line ${place.line}: how is this block checked? "${info}"`);
  }
  return { kind: 'block', role, language, value: words[role] ?? '', words, text, ...place };
}

function readStep(text: string, place: Place): Step {
  const { bare, words } = readWords(text, place);
  const [given, ...values] = bare;
  const name = stepNames.find((known) => known === given);
  if (name === undefined) throw new Error(`line ${place.line}: no step ${given}`);
  return { kind: 'step', name, value: values.join(' '), words, ...place };
}

function readWords(text: string, { line }: Place): { bare: string[]; words: Words } {
  const bare: string[] = [];
  const words: Record<string, string> = {};
  for (const [word, name, quoted, plain] of text.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))|\S+/g)) {
    if (name === undefined) {
      bare.push(word);
    } else {
      const isKnown = attributes.includes(name) || roles.some((role) => role === name);
      if (!isKnown) throw new Error(`line ${line}: unknown word ${name}`);
      words[name] = quoted ?? plain ?? '';
    }
  }
  return { bare, words };
}
