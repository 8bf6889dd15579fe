// Sends exactly the bytes a test names and parses what comes back: fetch and node:http would mend or
// refuse what these tests are about.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly text: string;
  /** True when the server closed the connection after the answer. */
  readonly closed: boolean;
}

export interface RawRequest {
  readonly method?: string;
  readonly target: string;
  /** In order; Host is not added. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
}

export function requestBytes({ method = 'GET', target, headers = [], body }: RawRequest): Buffer {
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
}

export interface SendOptions {
  /** Ends our side after the bytes, as a client does that gives up. */
  readonly halfClose?: boolean;
  readonly timeoutMs?: number;
  /** How long to watch, after an answer that says so, whether the server closes. */
  readonly settleMs?: number;
  /** Sends over TLS, and trusts what this says. */
  readonly tls?: ConnectionOptions;
}

/** Sends the bytes on a connection of their own and reads one answer; undefined = none came. */
export async function sendRaw(
  port: number,
  bytes: Uint8Array,
  options: SendOptions = {},
): Promise<RawResponse | undefined> {
  const socket =
    options.tls === undefined
      ? connect(port, '127.0.0.1')
      : connectTls({ port, host: '127.0.0.1', ...options.tls });
  // A handshake that fails is the caller's to hear of.
  await once(socket, options.tls === undefined ? 'connect' : 'secureConnect');
  socket.on('error', () => undefined);
  socket.write(bytes);
  if (options.halfClose === true) socket.end();
  try {
    return await readResponse(socket, isHead(bytes), options);
  } finally {
    socket.destroy();
  }
}

function isHead(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === 'HEAD ';
}

function readResponse(
  socket: Socket,
  headOnly: boolean,
  { timeoutMs = 5_000, settleMs = 60 }: SendOptions,
): Promise<RawResponse | undefined> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    let whole: RawResponse | undefined;
    const finish = (response: RawResponse | undefined): void => {
      clearTimeout(timer);
      clearTimeout(settle);
      resolve(response);
    };
    const timer = setTimeout(() => finish(whole), timeoutMs);
    let settle: NodeJS.Timeout | undefined;
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      whole = parseResponse(received, headOnly, false);
      // A moment more, to see whether the server closes.
      if (whole !== undefined && settle === undefined) {
        const saysClose = whole.headers.get('connection') === 'close';
        settle = setTimeout(() => finish(whole), saysClose ? settleMs : Math.min(settleMs, 2));
      }
    });
    socket.on('close', () => finish(parseResponse(received, headOnly, true)));
    socket.on('end', () => finish(parseResponse(received, headOnly, true)));
  });
}

function parseResponse(
  received: Buffer,
  headOnly: boolean,
  closed: boolean,
): RawResponse | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...lines] = received.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  if (status === 100) return parseResponse(received.subarray(headEnd + 4), headOnly, closed);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const rest = received.subarray(headEnd + 4);
  const length = headOnly ? 0 : Number(headers.get('content-length') ?? (closed ? rest.length : 0));
  if (rest.length < length && !closed) return undefined;
  const body = rest.subarray(0, length);
  return { status, headers, body, text: body.toString(), closed };
}

/** The text of one element of an error document. */
export function element(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return found?.[1]?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
