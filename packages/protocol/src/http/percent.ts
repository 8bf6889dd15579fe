// Percent-encoding as OSS signs it: RFC 3986's unreserved characters stay, everything else becomes
// upper-case escapes of its UTF-8 bytes. Rule: signing reference §1.5.

const reservedByJavaScript = /[!'()*]/g;

function escapeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Most names and values need no escapes at all, and finding that out is cheaper than encoding. */
const unreserved = /^[A-Za-z0-9\-_.~]*$/;
const unreservedPath = /^[A-Za-z0-9\-_.~/]*$/;

/** Encodes one query name or value; `/` becomes `%2F`. Throws URIError on a lone surrogate. */
export function encodeComponent(text: string): string {
  if (unreserved.test(text)) return text;
  return encodeURIComponent(text).replace(reservedByJavaScript, escapeByte);
}

/** Encodes an object key for a path: as `encodeComponent`, but `/` stays. */
export function encodePath(key: string): string {
  if (unreservedPath.test(key)) return key;
  if (key !== lastKey) {
    lastPath = encodeComponent(key).replaceAll('%2F', '/');
    lastKey = key;
  }
  return lastPath;
}

/** A request is encoded for its address and for its signature, one right after the other. */
let lastKey = '';
let lastPath = '';
