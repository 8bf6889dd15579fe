// Reads a plain request: a GET or HEAD without a body, or a PUT of a small one, whole in one piece, spelled
// as every client spells it. Not an HTTP parser: whatever has a second reading, or only looks unusual, is
// not plain, and Node's parser decides about it.
import { HeaderFields } from '../wire.ts';

export interface PlainHead {
  readonly method: (typeof methods)[number];
  readonly url: string;
  readonly fields: HeaderFields;
  /** Of a PUT: everything behind the head. */
  readonly body: Buffer | undefined;
}

const methods = ['GET', 'HEAD', 'PUT'] as const;

/** A longer one is unusual enough. */
const headBytesMax = 8 * 1024;
const fieldsMax = 64;

/** Visible ASCII only: Latin-1 and UTF-8 have two readings. */
const originForm = /^\/[!-~]*$/;
const version = ' HTTP/1.1';
const headBreak = '\r\n\r\n';
/** One space or none after the colon, none at the end: what is trimmed is not plain. */
const field = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+): ?([!-~](?:[ -~]*[!-~])?)$/;

/** No leading zero, no sign, no list. A body that is in one piece with its head is small. */
const lengthText = /^(?:0|[1-9]\d{0,5})$/;

/** They change where a request ends, or what its connection is for. */
const framing: ReadonlySet<string> = new Set([
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
  const text = chunk.toString('latin1', 0, Math.min(chunk.length, headBytesMax));
  const method = methods.find((each) => text.startsWith(each) && text[each.length] === ' ');
  if (method === undefined) return undefined;
  const end = text.indexOf('\r\n');
  const urlEnd = end - version.length;
  if (!text.startsWith(version, urlEnd)) return undefined;
  const url = text.slice(method.length + 1, urlEnd);
  if (!originForm.test(url)) return undefined;
  const headEnd = text.indexOf(headBreak, end) + headBreak.length;
  if (headEnd < headBreak.length) return undefined;
  const block = text.slice(end + 2, headEnd);
  const fields = block === last?.block ? last : headerFields(block);
  if (fields === undefined) return undefined;
  // A body has a length, and what comes is all of it and no more.
  if ((method === 'PUT') !== (fields.bodyBytes !== undefined)) return undefined;
  if (headEnd + (fields.bodyBytes ?? 0) !== chunk.length) return undefined;
  return { method, url, fields, body: method === 'PUT' ? chunk.subarray(headEnd) : undefined };
}

/** `block`: field lines, each with its line end, and the empty line behind them. */
function headerFields(block: string): HeaderFields | undefined {
  const rawHeaders: string[] = [];
  let bodyBytes: number | undefined;
  let at = 0;
  for (;;) {
    const next = block.indexOf('\r\n', at);
    if (next === -1) return undefined;
    if (next === at) break;
    const [, name, value] = field.exec(block.slice(at, next)) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const lower = name.toLowerCase();
    if (lower === 'content-length') {
      if (bodyBytes !== undefined || !lengthText.test(value)) return undefined;
      bodyBytes = Number(value);
    } else if (framing.has(lower) && !isKeepAlive(lower, value)) {
      return undefined;
    }
    rawHeaders.push(name, value);
    at = next + 2;
  }
  if (at + 2 !== block.length || rawHeaders.length > 2 * fieldsMax) return undefined;
  return new HeaderFields(block, rawHeaders, bodyBytes);
}

function isKeepAlive(lowerName: string, value: string): boolean {
  return lowerName === 'connection' && value.toLowerCase() === 'keep-alive';
}
