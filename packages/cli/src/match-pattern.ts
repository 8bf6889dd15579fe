// Shell patterns for `--include` and `--exclude`: `*` any text, `?` one character.

/** Linear in practice: one backtracking point, no regular expression from user input. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let want = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (pattern[want] === '*') {
      star = want;
      starAt = at;
      want += 1;
    } else if (want < pattern.length && (pattern[want] === '?' || pattern[want] === text[at])) {
      want += 1;
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
