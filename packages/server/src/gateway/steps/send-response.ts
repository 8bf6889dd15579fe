// Puts an answer on the wire: the one place that writes heads, bodies and refusals.
import {
  encodeResponse,
  formatImfDate,
  type Message,
  type Operation,
  type OssError,
  renderErrorDocument,
  wireText,
} from '@osskeep/protocol';
import { BodyStream } from '../../core/bodies/body-stream.ts';
import type { Eventually } from '../../core/ports/eventually.ts';
import { EncodedAnswer } from '../encoded-answer.ts';
import type { Exchange } from '../exchange.ts';
import { checkedLines } from '../http/header-lines.ts';
import type { HttpResponse } from '../http/wire.ts';

const serverName = 'AliyunOSS';

export interface ResponseTime {
  /** Wall time of the answer, ms. */
  readonly nowMs: number;
  /** Time since the request began, ms. */
  readonly elapsedMs: number;
  /** True when the connection is to be closed after this answer. */
  readonly close: boolean;
}

let dateSecond = -1;
let dateText = '';

/** The Date header; one text serves all answers of a second. */
function dateHeader(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = formatImfDate(nowMs);
  }
  return dateText;
}

/** Headers of every answer: name, value, name, value. */
function commonHeaders({ requestId, headers: own }: Exchange, time: ResponseTime): string[] {
  const headers = [
    'Server',
    serverName,
    'Date',
    dateHeader(time.nowMs),
    'x-oss-request-id',
    requestId,
    'x-oss-server-time',
    String(Math.round(time.elapsedMs)),
    'X-Content-Type-Options',
    'nosniff',
  ];
  for (const text of own) headers.push(text);
  if (time.close) headers.push('Connection', 'close');
  return headers;
}

type Answering = Pick<Operation<string, unknown, unknown>, 'name' | 'response' | 'success'>;

/** The same as text; a test holds the two together. */
function commonLines({ requestId, headers: own }: Exchange, time: ResponseTime): string {
  const first = `Server: ${serverName}\r\nDate: ${dateHeader(time.nowMs)}\r\n`;
  const ids = `x-oss-request-id: ${requestId}\r\nx-oss-server-time: ${Math.round(time.elapsedMs)}\r\n`;
  const rest = own.length === 0 ? '' : checkedLines(own);
  const close = time.close ? 'Connection: close\r\n' : '';
  return `${first}${ids}X-Content-Type-Options: nosniff\r\n${rest}${close}`;
}

/** Sends a success. A body that fails midway breaks the connection: never a short 200. */
export function sendAnswer(
  exchange: Exchange,
  operation: Answering,
  output: unknown,
  time: ResponseTime,
): Eventually<void> {
  if (output instanceof EncodedAnswer) {
    return sendEncoded(exchange, operation.success, output, time);
  }
  let message: Message;
  let encoded: string[];
  try {
    message = encodeResponse(operation, output);
    encoded = wireHeaders(message);
  } catch (failure) {
    return closeAfter(failure, (output as { readonly body?: unknown }).body);
  }
  const { status, body } = message;
  const headers = commonHeaders(exchange, time);
  for (const text of encoded) headers.push(text);
  if (!message.headers.has('content-length') && !isBodiless(exchange, status)) {
    if (body === undefined) headers.push('Content-Length', '0');
    else if (body instanceof Uint8Array) headers.push('Content-Length', String(body.length));
  }
  exchange.response.writeHead(status, headers);
  return sendBody(exchange, status, body);
}

/** Name, value, name, value. Throws InvalidArgument for what no header can carry. */
export function wireHeaders({ headers }: Pick<Message, 'headers'>): string[] {
  const written: string[] = [];
  for (const [name, value] of headers) written.push(name, wireText(value));
  return written;
}

function sendEncoded(
  exchange: Exchange,
  status: number,
  { headers: known, body }: EncodedAnswer,
  time: ResponseTime,
): Eventually<void> {
  const { response } = exchange;
  if (response.writeKnownHead === undefined) {
    response.writeHead(status, [...commonHeaders(exchange, time), ...known.list]);
  } else {
    response.writeKnownHead(status, commonLines(exchange, time), known, time.close);
  }
  return sendBody(exchange, status, body);
}

function sendBody(exchange: Exchange, status: number, body: Message['body']): Eventually<void> {
  const { response } = exchange;
  exchange.status = status;
  if (body === undefined || isBodiless(exchange, status)) {
    response.end();
  } else if (body instanceof Uint8Array) {
    exchange.bytesOut = body.length;
    response.end(body);
  } else {
    return sendStream(exchange, body);
  }
}

function isBodiless({ request }: Exchange, status: number): boolean {
  return request.method === 'HEAD' || status === 204 || status === 304;
}

/** Throws the failure. A body that nobody iterates keeps its file from being swept until it is closed. */
export async function closeAfter(failure: unknown, body: unknown): Promise<never> {
  if (body instanceof BodyStream) await body.close();
  throw failure;
}

async function sendStream(exchange: Exchange, body: AsyncIterable<Uint8Array>): Promise<void> {
  const { response } = exchange;
  try {
    for await (const chunk of body) {
      if (response.destroyed) return;
      exchange.bytesOut += chunk.length;
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** Resolves when the socket took what was written, or is gone. */
function drained(response: HttpResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/**
 * Sends a refusal; on HEAD the document travels in `x-oss-err` (errors reference §1). While the
 * client still sends, `untilHeard` is awaited between the last byte and the end of the answer.
 */
export async function sendError(
  exchange: Exchange,
  error: OssError,
  time: ResponseTime,
  untilHeard: () => Promise<void>,
): Promise<void> {
  const { response } = exchange;
  exchange.status = error.status;
  exchange.code = error.code;
  exchange.ec = error.ec;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // Never empty, also where the Host header is (errors reference §1).
  const hostId = exchange.resource?.host || exchange.request.headers.host || 'unknown';
  const document = renderErrorDocument(error, { requestId: exchange.requestId, hostId });
  const headers = commonHeaders(exchange, time);
  if (error.ec !== undefined) headers.push('x-oss-ec', error.ec);
  for (const [name, value] of Object.entries(error.headers)) headers.push(name, wireText(value));
  const bytes = Buffer.from(document);
  if (exchange.request.method === 'HEAD' || error.status === 304) {
    if (error.status !== 304) headers.push('x-oss-err', bytes.toString('base64'));
    response.writeHead(error.status, headers);
    response.end();
    return;
  }
  headers.push('Content-Type', 'application/xml', 'Content-Length', String(bytes.length));
  exchange.bytesOut = bytes.length;
  response.writeHead(error.status, headers);
  response.write(bytes);
  await untilHeard();
  response.end();
}
