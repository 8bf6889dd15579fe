// Changes a setting at the top of a program as its reader would: the value on the line that names it.

/** Settings by their names in lower case without `_`, as every language of the page spells them. */
export type Settings = Readonly<Record<string, string | boolean>>;

export function withSettings(program: string, settings: Settings): string {
  let text = program;
  for (const [name, value] of Object.entries(settings)) text = withSetting(text, name, value);
  return text;
}

function withSetting(program: string, name: string, value: string | boolean): string {
  const lines = program.split('\n');
  const found = lines.flatMap((line, at) => (assigns(line, name) ? [at] : []));
  const [at] = found;
  if (at === undefined || found.length > 1) {
    throw new Error(`${name} is set in ${found.length} lines of the program`);
  }
  const line = lines[at] ?? '';
  const pattern = typeof value === 'boolean' ? /\b(true|false)\b/i : /(['"])[^'"]*\1/;
  const [old, quote = ''] = pattern.exec(line) ?? [];
  if (old === undefined) throw new Error(`no value to replace in: ${line}`);
  if (typeof value === 'string' && /['"\\$\n]/.test(value)) {
    throw new Error(`cannot stand in a literal: ${value}`);
  }
  lines[at] = line.replace(old, () => {
    if (typeof value === 'string') return `${quote}${value}${quote}`;
    return /^[A-Z]/.test(old) ? (value ? 'True' : 'False') : String(value);
  });
  return lines.join('\n');
}

function assigns(line: string, name: string): boolean {
  // A variable, with the words that declare it; no member of another, no argument.
  const [, variable] = /^\s*(?:\w+\s+){0,2}\$?(\w+)\s*:?=[^=]/.exec(line) ?? [];
  return variable?.replaceAll('_', '').toLowerCase() === name.toLowerCase();
}
