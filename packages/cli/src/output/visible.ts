// Keys and names are other people's text: printed raw, one could clear the screen, rename the window
// or write its end before its beginning (security checklist 39).

/** Control characters, and those that change the direction or the lines of what is shown. */
const steering = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text on one line, with what steers a terminal written as `\u001b`. */
export function visible(text: string): string {
  return text.replace(steering, escaped);
}

/**
 * One value as one line of JSON. What JSON leaves as it is and a terminal obeys is escaped too;
 * a parser reads the same value. 64-bit sums are text: a JSON number would round them.
 */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value, (_, part) =>
    typeof part === 'bigint' ? part.toString() : part,
  );
  return `${visible(text)}\n`;
}
