// The headers of every answer.
import { formatImfDate } from '@osskeep/protocol';
import type { Exchange } from '../request/exchange.ts';

const serverName = 'AliyunOSS';

export interface AnswerTime {
  /** Wall time of the answer, ms. */
  readonly nowMs: number;
  /** Time since the request began, ms. */
  readonly elapsedMs: number;
}

export class AnswerHeaders {
  /** One text serves all answers of a second. */
  #dateSecond = -1;
  #dateText = '';

  /** Name, value, name, value. `close`: the connection ends behind the answer. */
  of({ requestId, headers: own }: Exchange, time: AnswerTime, close: boolean): string[] {
    const headers = [
      'Server',
      serverName,
      'Date',
      this.#date(time.nowMs),
      'x-oss-request-id',
      requestId,
      'x-oss-server-time',
      String(Math.round(time.elapsedMs)),
      'X-Content-Type-Options',
      'nosniff',
    ];
    for (const text of own) headers.push(text);
    if (close) headers.push('Connection', 'close');
    return headers;
  }

  #date(nowMs: number): string {
    const second = Math.floor(nowMs / 1000);
    if (second !== this.#dateSecond) {
      this.#dateSecond = second;
      this.#dateText = formatImfDate(nowMs);
    }
    return this.#dateText;
  }
}
