// Sends a request until it is answered: signs each attempt anew, reads the answer, decides whether
// another attempt is worth it.
import { headerText, type Message, OssError, parseImfDate, parseIsoDate } from '@osskeep/protocol';
import type { OpenBody, PreparedBody } from '../bodies/body.ts';
import { boundedBytes } from '../bodies/bounded-bytes.ts';
import { IntegrityError, TransportError } from '../errors/errors.ts';
import type { Addresses, Target } from '../requests/address.ts';
import type { CallOptions } from '../requests/call-options.ts';
import type { Fetch } from '../requests/fetch.ts';
import type { Credentials, CredentialsSource } from '../signing/credentials.ts';
import { type SigningTools, signedHeaders } from '../signing/sign-request.ts';
import type { CorrectedClock } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { refusalOf } from './refusal.ts';
import {
  isWorthAnotherTry,
  parseRetryAfterMs,
  type RetryOptions,
  retryDefaults,
  retryDelayMs,
  sleep,
} from './retry.ts';
import { send } from './transport.ts';

interface SenderTools extends SigningTools {
  readonly addresses: Addresses;
  readonly fetch: Fetch;
  readonly clock: CorrectedClock;
  readonly credentials: CredentialsSource;
  readonly retry: RetryOptions;
  readonly timeoutMs: number;
  readonly checksIntegrity: boolean;
}

export interface Outgoing {
  readonly method: string;
  readonly target: Target;
  readonly message: Message;
  readonly body: PreparedBody;
  readonly options: CallOptions;
  /** Is the answer's body handed over as it comes, or read whole? */
  readonly answer: 'document' | 'stream';
}

export interface Answer {
  /** With the body where the answer was read whole. */
  readonly message: Message;
  readonly stream: ReadableStream<Uint8Array> | null;
  /** Whoever reads the stream reads it under this deadline. */
  readonly deadline: Deadline;
}

/** A page of a listing is a few MB at most: 1,000 keys of 1,023 bytes, escaped. */
const documentBytesMax = 16 * 1024 * 1024;

export class Sender {
  readonly #tools: SenderTools;

  constructor(tools: SenderTools) {
    this.#tools = tools;
  }

  async send(outgoing: Outgoing): Promise<Answer> {
    const { retry } = this.#tools;
    const { signal } = outgoing.options;
    const attemptsMax = retry.attempts ?? retryDefaults.attempts;
    const state: AttemptState = { retryAfterMs: 0, skewedTimes: 0 };
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      try {
        return await this.#attempt(outgoing, state);
      } catch (error) {
        const canRepeat = attempt < attemptsMax && outgoing.body.isRepeatable();
        // A clock that is still wrong after a correction will be wrong after the next.
        const isLost = state.skewedTimes > 1 || signal?.aborted === true;
        if (!canRepeat || isLost || !isWorthAnotherTry(error)) throw error;
        const ms = retryDelayMs(attempt, retry, state.retryAfterMs);
        await (retry.sleep ?? sleep)(ms, signal);
      }
    }
  }

  async #attempt(outgoing: Outgoing, state: AttemptState): Promise<Answer> {
    const { method, target, message, options } = outgoing;
    const tools = this.#tools;
    const deadline = new Deadline(options.timeoutMs ?? tools.timeoutMs, options.signal);
    const credentials = await tools.credentials.get();
    const headers = signedHeaders(method, target, message, credentials, tools.clock.now(), tools);
    const body = outgoing.body.open(deadline);
    const { query } = message;
    const request = { method, target, query, headers, prepared: outgoing.body, body };
    let handedOver = false;
    try {
      const response = await send(request, tools.addresses, options.fetch ?? tools.fetch, deadline);
      if (!isSuccess(response.status, outgoing.answer)) {
        throw await this.#refusal(response, outgoing, credentials, deadline, state);
      }
      const answer = await this.#read(response, outgoing, deadline);
      await this.#checkUpload(answer.message, body);
      if (outgoing.answer === 'document') deadline.end();
      handedOver = true;
      return answer;
    } finally {
      body.release();
      // A connection whose answer nobody will read is given up, not left open.
      if (!handedOver) deadline.abandon();
    }
  }

  async #refusal(
    response: Response,
    { method, target }: Outgoing,
    credentials: Credentials,
    deadline: Deadline,
    state: AttemptState,
  ): Promise<OssError | TransportError> {
    state.retryAfterMs = parseRetryAfterMs(response.headers.get('retry-after'));
    const error = await refusalOf(response, method, target, credentials, deadline);
    if (error instanceof OssError && error.code === 'RequestTimeTooSkewed') {
      state.skewedTimes += 1;
      const serverMs =
        parseIsoDate(error.details['ServerTime'] ?? '') ??
        parseImfDate(response.headers.get('date') ?? '');
      if (serverMs !== undefined) this.#tools.clock.correct(serverMs);
    }
    return error;
  }

  async #read(response: Response, outgoing: Outgoing, deadline: Deadline): Promise<Answer> {
    const message = responseMessage(response);
    if (outgoing.answer === 'stream') return { message, stream: response.body, deadline };
    const requestId = message.headers.get('x-oss-request-id');
    try {
      message.body = await boundedBytes(response.body, documentBytesMax, deadline);
    } catch (cause) {
      if (deadline.signal.aborted) throw deadline.signal.reason;
      throw new TransportError('The answer broke off.', { cause, requestId });
    }
    if (message.body === undefined) {
      const text = `The answer is larger than ${documentBytesMax} bytes; no document of OSS is.`;
      const { status } = response;
      throw new TransportError(text, { problem: 'broken-answer', status, requestId });
    }
    return { message, stream: null, deadline };
  }

  async #checkUpload(message: Message, body: OpenBody): Promise<void> {
    if (body.send === undefined || !this.#tools.checksIntegrity) return;
    const told = message.headers.get('x-oss-hash-crc64ecma');
    if (told === undefined) return;
    const own = await body.crc64();
    if (told !== String(own)) {
      throw new IntegrityError('The CRC-64 of what was stored is not the one of what was sent.');
    }
  }
}

/** What later attempts need to know of earlier ones. */
interface AttemptState {
  retryAfterMs: number;
  skewedTimes: number;
}

/** 203 carries an error document (errors reference §1); 206 answers a range. */
function isSuccess(status: number, answer: Outgoing['answer']): boolean {
  return status === 200 || status === 204 || (status === 206 && answer === 'stream');
}

/** An answer's head as the operations' codecs read it. */
function responseMessage(response: Response): Message {
  const headers = new Map<string, string>();
  response.headers.forEach((value, name) => {
    headers.set(name, headerText(value));
  });
  return { status: response.status, query: new Map(), headers, body: undefined };
}
