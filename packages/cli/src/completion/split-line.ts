// A command line up to the cursor, taken apart as a POSIX shell takes it apart: bash hands over its own
// words split at ":" and "=", which tears `oss://bucket` to pieces.

/** The words; the last one is where the cursor stands, and may be empty. */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote) {
      quote = '';
    } else if (character === '\\' && quote !== "'") {
      at += 1;
      word = (word ?? '') + (line[at] ?? '');
    } else {
      word = (word ?? '') + character;
    }
  }
  words.push(word ?? '');
  return words;
}

/** Part of a word as it can be typed in a shell. */
export function quoteForShell(text: string): string {
  return text.replace(/[^\w@%+=:,./~-]/gu, (character) =>
    character.charCodeAt(0) > 127 ? character : `\\${character}`,
  );
}
