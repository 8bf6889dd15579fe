// The elements of a header that is a list: `a, b`.

/** Without white space around them, and without empty ones. */
export function commaSeparated(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
