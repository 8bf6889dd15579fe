// Reads the head of a plain request: a GET or HEAD without a body, whole in one piece, spelled as every
// client spells it. Not an HTTP parser: whatever has a second reading, or only looks unusual, is not plain,
// and Node's parser decides about it.

export interface PlainHead {
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  /** Name, value, name, value, as they came. */
  readonly rawHeaders: string[];
}

/** A longer one is unusual enough. */
const bytesMax = 8 * 1024;
const fieldsMax = 64;

/** Visible ASCII only: Latin-1 and UTF-8 have two readings. */
const line = /^(GET|HEAD) (\/[!-~]*) HTTP\/1\.1$/;
/** One space or none after the colon, none at the end: what is trimmed is not plain. */
const field = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+): ?([!-~](?:[ -~]*[!-~])?)$/;

/** They change where a request ends, or what its connection is for. */
const framing: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'expect',
  'upgrade',
  'connection',
  'keep-alive',
  'proxy-connection',
  'http2-settings',
]);

/** undefined = not plain. */
export function plainHead(chunk: Buffer): PlainHead | undefined {
  if (chunk.length > bytesMax) return undefined;
  const text = chunk.toString('latin1');
  // Nothing may follow: neither a body nor the next request.
  const last = text.indexOf('\r\n\r\n');
  if (last === -1 || last + 4 !== text.length) return undefined;
  const end = text.indexOf('\r\n');
  const [, method, url] = line.exec(text.slice(0, end)) ?? [];
  if (url === undefined) return undefined;
  const rawHeaders: string[] = [];
  for (let at = end + 2; at < last + 2; ) {
    const next = text.indexOf('\r\n', at);
    const [, name, value] = field.exec(text.slice(at, next)) ?? [];
    if (name === undefined || value === undefined) return undefined;
    if (!isPlainField(name, value)) return undefined;
    rawHeaders.push(name, value);
    at = next + 2;
  }
  if (rawHeaders.length > 2 * fieldsMax) return undefined;
  // A constant of ours: maps find it faster than a piece of the head.
  return { method: method === 'GET' ? 'GET' : 'HEAD', url, rawHeaders };
}

function isPlainField(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (!framing.has(lower)) return true;
  return lower === 'connection' && value.toLowerCase() === 'keep-alive';
}
