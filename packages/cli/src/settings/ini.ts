// The INI form of `~/.ossutilconfig`: sections of `name = value` lines. Reading is lenient, as ossutil
// is; writing changes the lines it must and keeps every other one, comments included.

/** Names are told apart without regard to case, `-` and `_`: `access-key-id` is `accessKeyID`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

interface Line {
  readonly text: string;
  /** The section it stands in, or opens; empty before the first. */
  readonly section: string;
  readonly isHeader: boolean;
  /** The name before `=`, as it is written. */
  readonly name: string | undefined;
  readonly value: string;
}

function withoutQuotes(text: string): string {
  return /^".*"$|^'.*'$/s.test(text) ? text.slice(1, -1) : text;
}

function* linesOf(text: string): Generator<Line> {
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const content = line.trim();
    const header = /^\[([^\]]*)\]$/.exec(content)?.[1];
    if (header !== undefined) section = header.trim().toLowerCase().replace(/\s+/g, ' ');
    const equals = /^[#;]/.test(content) || header !== undefined ? -1 : content.indexOf('=');
    yield {
      text: line,
      section,
      isHeader: header !== undefined,
      name: equals > 0 ? content.slice(0, equals).trim() : undefined,
      value: withoutQuotes(content.slice(equals + 1).trim()),
    };
  }
}

/** Names as they are written → values; of a repeated name the last counts. */
export type IniValues = ReadonlyMap<string, string>;

export function readIni(text: string): ReadonlyMap<string, IniValues> {
  const sections = new Map<string, Map<string, string>>();
  for (const { section, isHeader, name, value } of linesOf(text.replace(/^\ufeff/, ''))) {
    const values = sections.get(section) ?? new Map<string, string>();
    if (isHeader || name !== undefined) sections.set(section, values);
    if (name !== undefined) values.set(name, value);
  }
  return sections;
}

/** The value under a name that is one of these, given plainly; empty values count as absent. */
export function lookUp(values: IniValues, plainNames: readonly string[]): string | undefined {
  for (const wanted of plainNames) {
    const found = [...values].findLast(([name]) => plainName(name) === wanted)?.[1];
    if (found) return found;
  }
  return undefined;
}

/**
 * The text with these values in that section; a section that is not there is added at the end.
 * Of several sections of one name the last is written to, as the last one counts.
 */
export function writeIni(
  text: string,
  section: string,
  values: Readonly<Record<string, string>>,
): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = [...linesOf(text)];
  while (lines.at(-1)?.text.trim() === '') lines.pop();
  const missing = new Map(Object.entries(values));
  const out = lines.map(({ text: line, section: at, name }) => {
    if (at !== section || name === undefined) return line;
    const given = [...missing.keys()].find((key) => plainName(key) === plainName(name));
    if (given === undefined) return line;
    const value = missing.get(given);
    return `${line.slice(0, line.indexOf('=')).trimEnd()} = ${value}`;
  });
  for (const { section: at, name } of lines) {
    if (at !== section || name === undefined) continue;
    for (const key of missing.keys()) if (plainName(key) === plainName(name)) missing.delete(key);
  }
  const added = [...missing].map(([name, value]) => `${name} = ${value}`);
  const last = lines.findLastIndex((line) => line.section === section && line.text.trim() !== '');
  if (last >= 0 && section !== '') out.splice(last + 1, 0, ...added);
  else out.push(...(out.length === 0 ? [] : ['']), `[${section}]`, ...added);
  return `${out.join(lineEnd)}${lineEnd}`;
}
