// The headers of every answer, and behind them those of this one.
import { formatImfDate } from '@osskeep/protocol';
import { HeaderList } from '../http/header-list.ts';

const serverName = 'AliyunOSS';

export class AnswerHeaders extends HeaderList {
  readonly #requestId: string;
  readonly #date: string;
  readonly #elapsedMs: number;

  /** `elapsedMs`: time since the request began. */
  constructor(requestId: string, date: string, elapsedMs: number) {
    super();
    this.#requestId = requestId;
    this.#date = date;
    this.#elapsedMs = Math.round(elapsedMs);
  }

  override list(): readonly string[] {
    return [
      'Server',
      serverName,
      'Date',
      this.#date,
      'x-oss-request-id',
      this.#requestId,
      'x-oss-server-time',
      String(this.#elapsedMs),
      'X-Content-Type-Options',
      'nosniff',
      ...super.list(),
    ];
  }

  /** The same, at once: what is in front is our own, and needs no look. */
  override lines(): string {
    const first = `Server: ${serverName}\r\nDate: ${this.#date}\r\n`;
    const ids = `x-oss-request-id: ${this.#requestId}\r\nx-oss-server-time: ${this.#elapsedMs}\r\n`;
    return `${first}${ids}X-Content-Type-Options: nosniff\r\n${super.lines()}`;
  }
}

/** The Date header; one text serves all answers of a second. */
export class AnswerDate {
  #second = -1;
  #text = '';

  /** `nowMs`: wall time. */
  at(nowMs: number): string {
    const second = Math.floor(nowMs / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = formatImfDate(nowMs);
    }
    return this.#text;
  }
}
