// Strict percent-decoding of one piece of a request target. `+` is a literal plus in a path and a space
// in a query (design §8 row 10).
import { ossError } from '../errors/refuse.ts';

const escapeOk = /%(?![0-9A-Fa-f]{2})/;

function decode(text: string): string {
  if (escapeOk.test(text)) {
    throw ossError('MalformedPercentEncoding', {
      ArgumentName: 'RequestTarget',
      ArgumentValue: text.slice(0, 200),
    });
  }
  try {
    return decodeURIComponent(text);
  } catch {
    throw ossError('NotUtf8', {
      ArgumentName: 'RequestTarget',
      ArgumentValue: text.slice(0, 200),
    });
  }
}

/** Decodes a piece of a path. Throws 400 InvalidArgument on a broken escape or bytes not UTF-8. */
export function decodePath(text: string): string {
  return text.includes('%') ? decode(text) : text;
}

/** Decodes a query name or value. */
export function decodeQueryText(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decode(spaced) : spaced;
}
