// Reads the head of a plain request: a GET or HEAD without a body, whole in one piece, spelled as every
// client spells it. Not an HTTP parser: whatever has a second reading, or only looks unusual, is not plain,
// and Node's parser decides about it.
import { HeaderFields } from './wire.ts';

export interface PlainHead {
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  readonly fields: HeaderFields;
}

/** A longer one is unusual enough. */
const bytesMax = 8 * 1024;
const fieldsMax = 64;

/** Visible ASCII only: Latin-1 and UTF-8 have two readings. */
const originForm = /^\/[!-~]*$/;
const version = ' HTTP/1.1';
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

/** undefined = not plain. `last`: of the same connection, given again where nothing has changed. */
export function plainHead(chunk: Buffer, last?: HeaderFields): PlainHead | undefined {
  if (chunk.length > bytesMax) return undefined;
  const text = chunk.toString('latin1');
  const method = text.startsWith('GET ') ? 'GET' : text.startsWith('HEAD ') ? 'HEAD' : undefined;
  if (method === undefined) return undefined;
  const end = text.indexOf('\r\n');
  const urlEnd = end - version.length;
  if (!text.startsWith(version, urlEnd)) return undefined;
  const url = text.slice(method.length + 1, urlEnd);
  if (!originForm.test(url)) return undefined;
  const block = text.slice(end + 2);
  const fields = block === last?.block ? last : headerFields(block);
  return fields && { method, url, fields };
}

/** `block`: field lines, each with its line end, and the empty line behind them. */
function headerFields(block: string): HeaderFields | undefined {
  const rawHeaders: string[] = [];
  let at = 0;
  for (;;) {
    const next = block.indexOf('\r\n', at);
    if (next === -1) return undefined;
    // Nothing may follow: neither a body nor the next request.
    if (next === at) break;
    const [, name, value] = field.exec(block.slice(at, next)) ?? [];
    if (name === undefined || value === undefined) return undefined;
    if (!isPlainField(name, value)) return undefined;
    rawHeaders.push(name, value);
    at = next + 2;
  }
  if (at + 2 !== block.length || rawHeaders.length > 2 * fieldsMax) return undefined;
  return new HeaderFields(block, rawHeaders);
}

function isPlainField(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (!framing.has(lower)) return true;
  return lower === 'connection' && value.toLowerCase() === 'keep-alive';
}
