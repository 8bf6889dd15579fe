// Percent-encoding as OSS signs it: RFC 3986's unreserved characters stay, everything else becomes
// upper-case escapes of its UTF-8 bytes. Rule: signing reference §1.5.

const reservedByJavaScript = /[!'()*]/g;

function escapeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Encodes one query name or value; `/` becomes `%2F`. Throws URIError on a lone surrogate. */
export function encodeComponent(text: string): string {
  return encodeURIComponent(text).replace(reservedByJavaScript, escapeByte);
}

/** Encodes an object key for a path: as `encodeComponent`, but `/` stays. */
export function encodePath(key: string): string {
  return encodeComponent(key).replaceAll('%2F', '/');
}
