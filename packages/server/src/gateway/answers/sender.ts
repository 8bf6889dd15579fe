// Puts answers on the wire, successes and refusals: the one place that writes heads and bodies.
import { type Message, type OssError, renderErrorDocument, wireText } from '@osskeep/protocol';
import type { Clock } from '../../core/ports/clock.ts';
import type { Eventually } from '../../core/ports/eventually.ts';
import type { AnswerHead } from '../http/wire.ts';
import type { Exchange } from '../request/exchange.ts';
import { AnswerDate, AnswerHeaders } from './answer-headers.ts';
import { closeAfter } from './close-after.ts';
import type { Answering, EncodedOutput, EncodedOutputs } from './encoded-outputs.ts';

export interface SenderParts {
  readonly clock: Clock;
  readonly encoded: EncodedOutputs;
  /** While true every answer ends its connection. */
  readonly isDraining: () => boolean;
}

const nothing = new Uint8Array(0);

export class Sender {
  readonly #parts: SenderParts;
  readonly #date = new AnswerDate();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends a success. A body that fails midway breaks the connection: never a short 200. */
  answer(exchange: Exchange, operation: Answering, output: unknown): Eventually<void> {
    let encoded: EncodedOutput;
    try {
      encoded = this.#parts.encoded.encode(operation, output);
    } catch (failure) {
      return closeAfter(failure, (output as { readonly body?: unknown }).body);
    }
    const { status, known, body } = encoded;
    const headers = this.#headers(exchange, false);
    headers.addAll(encoded.headers);
    const isBodiless = hasNoBody(exchange, status);
    if (!known.hasLength && !isBodiless && !headers.hasLength) {
      if (body === undefined) headers.add('Content-Length', '0');
      else if (body instanceof Uint8Array) headers.add('Content-Length', String(body.length));
    }
    return send(exchange, { status, headers, known }, isBodiless ? undefined : body);
  }

  /**
   * Sends a refusal; on HEAD the document travels in `x-oss-err` (errors reference §1). While the client still
   * sends, the answer ends a moment after its last byte, so that the client hears it.
   */
  async refuse(exchange: Exchange, error: OssError): Promise<void> {
    const { answer, body, request, requestId } = exchange;
    const { status } = error;
    exchange.status = status;
    exchange.code = error.code;
    exchange.ec = error.ec;
    if (answer.isBegun || answer.isGone) {
      answer.destroy();
      return;
    }
    // Never empty, also where the Host header is (errors reference §1).
    const hostId = exchange.resource?.host || request.fields.first('host') || 'unknown';
    const document = Buffer.from(renderErrorDocument(error, { requestId, hostId }));
    const known = this.#parts.encoded.none;
    const headers = this.#headers(exchange, error.closeConnection);
    if (error.ec !== undefined) headers.add('x-oss-ec', error.ec);
    for (const [name, value] of Object.entries(error.headers)) headers.add(name, wireText(value));
    if (hasNoBody(exchange, status)) {
      if (status !== 304) headers.add('x-oss-err', document.toString('base64'));
      answer.send({ status, headers, known }, nothing);
      return;
    }
    headers.add('Content-Type', 'application/xml');
    headers.add('Content-Length', String(document.length));
    exchange.bytesOut = document.length;
    const head = { status, headers, known };
    if (body.hasArrived) {
      answer.send(head, document);
      return;
    }
    answer.begin(head);
    void answer.write(document);
    await body.discard();
    answer.end();
  }

  /** `close`: the connection ends behind the answer, as it also does where the client still sends. */
  #headers({ body, headers: own, requestId, startedMs }: Exchange, close: boolean): AnswerHeaders {
    const { clock, isDraining } = this.#parts;
    const date = this.#date.at(clock.now());
    const headers = new AnswerHeaders(requestId, date, clock.monotonic() - startedMs);
    headers.addAll(own);
    if (close || isDraining() || !body.hasArrived) headers.add('Connection', 'close');
    return headers;
  }
}

function hasNoBody({ request }: Exchange, status: number): boolean {
  return request.method === 'HEAD' || status === 204 || status === 304;
}

function send(exchange: Exchange, head: AnswerHead, body: Message['body']): Eventually<void> {
  const { answer } = exchange;
  if (body !== undefined && !(body instanceof Uint8Array)) return sendChunks(exchange, head, body);
  const whole = body ?? nothing;
  answer.send(head, whole);
  exchange.status = head.status;
  exchange.bytesOut = whole.length;
  return undefined;
}

async function sendChunks(
  exchange: Exchange,
  head: AnswerHead,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { answer } = exchange;
  try {
    answer.begin(head);
  } catch (failure) {
    return closeAfter(failure, body);
  }
  exchange.status = head.status;
  try {
    for await (const chunk of body) {
      if (answer.isGone) return;
      exchange.bytesOut += chunk.length;
      await answer.write(chunk);
    }
    answer.end();
  } catch (error) {
    answer.destroy();
    throw error;
  }
}
