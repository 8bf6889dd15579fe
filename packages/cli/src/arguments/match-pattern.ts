// Shell patterns for `--include` and `--exclude`: `*` any text, `?` one character, `[a-z]` one of
// these, `[!a-z]` one of all others. A `[` that nothing closes is itself.

/** Where the pattern goes on if its piece at `want` takes this character; -1 if it does not. */
function afterOne(pattern: string, want: number, character: string): number {
  const piece = pattern[want];
  if (piece === '?') return want + 1;
  // A `]` that comes first is one of the characters.
  const end = piece === '[' ? pattern.indexOf(']', want + (pattern[want + 1] === '!' ? 3 : 2)) : -1;
  if (end < 0) return piece === character ? want + 1 : -1;
  const isNegated = pattern[want + 1] === '!';
  const set = pattern.slice(want + (isNegated ? 2 : 1), end);
  return isInSet(set, character) === isNegated ? -1 : end + 1;
}

function isInSet(set: string, character: string): boolean {
  for (let at = 0; at < set.length; at += 1) {
    const from = set[at] ?? '';
    const to = set[at + 1] === '-' ? set[at + 2] : undefined;
    if (to === undefined ? character === from : from <= character && character <= to) return true;
    if (to !== undefined) at += 2;
  }
  return false;
}

/** Linear in practice: one backtracking point, no regular expression from user input. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let want = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const after = want < pattern.length ? afterOne(pattern, want, text[at] ?? '') : -1;
    if (pattern[want] === '*') {
      star = want;
      starAt = at;
      want += 1;
    } else if (after >= 0) {
      want = after;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      want = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[want] === '*') want += 1;
  return want === pattern.length;
}
