// Reads a plain request: a GET or HEAD without a body, or a PUT of a small one, its head whole in one piece,
// spelled as every client spells it. Not an HTTP parser: whatever has a second reading, or only looks unusual,
// is not plain, and Node's parser decides about it.
import { HeaderFields } from '../header-fields.ts';

export interface PlainHead {
  readonly method: (typeof methods)[number];
  readonly url: string;
  readonly fields: PlainFields;
  /** What came of the body with the head. */
  readonly body: Buffer;
  /** Bytes of the body that are still to come. */
  readonly missingBytes: number;
}

/** Header fields as they stood in the head: the next request of a connection mostly repeats them. */
export class PlainFields extends HeaderFields {
  readonly block: string;
  /** Of the body they announce; undefined = they announce none. */
  readonly bodyBytes: number | undefined;

  constructor(block: string, raw: readonly string[], bodyBytes: number | undefined) {
    super(raw);
    this.block = block;
    this.bodyBytes = bodyBytes;
  }
}

const methods = ['GET', 'HEAD', 'PUT'] as const;

const nothing = Buffer.alloc(0);

/** A longer one is unusual enough. */
const headBytesMax = 8 * 1024;
const fieldsMax = 64;

/** Visible ASCII only: Latin-1 and UTF-8 have two readings. */
const originForm = /^\/[!-~]*$/;
const version = ' HTTP/1.1';
const headBreak = '\r\n\r\n';
/** One space or none after the colon, none at the end: what is trimmed is not plain. */
const field = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+): ?([!-~](?:[ -~]*[!-~])?)$/;

/** No leading zero, no sign, no list. Below a megabyte: a large body gains nothing here. */
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
export function plainHead(chunk: Buffer, last?: PlainFields): PlainHead | undefined {
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
  const fields = block === last?.block ? last : plainFields(block);
  if (fields === undefined) return undefined;
  // A body has a length, and what comes with the head is no more than that.
  const { bodyBytes = 0 } = fields;
  if ((method === 'PUT') !== (fields.bodyBytes !== undefined)) return undefined;
  const missingBytes = headEnd + bodyBytes - chunk.length;
  if (missingBytes < 0) return undefined;
  const body = bodyBytes === 0 ? nothing : chunk.subarray(headEnd);
  return { method, url, fields, body, missingBytes };
}

/** `block`: field lines, each with its line end, and the empty line behind them. */
function plainFields(block: string): PlainFields | undefined {
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
  return new PlainFields(block, rawHeaders, bodyBytes);
}

function isKeepAlive(lowerName: string, value: string): boolean {
  return lowerName === 'connection' && value.toLowerCase() === 'keep-alive';
}
