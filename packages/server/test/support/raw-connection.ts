// One connection for several requests: what was sent on it, answer by answer, as the bytes came.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawConnection {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #received: Buffer[] = [];
  #isClosed = false;
  #wake = (): void => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#isClosed = true;
        this.#wake();
        resolve();
      });
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  write(bytes: Uint8Array | string): void {
    this.socket.write(bytes);
  }

  /** The next whole answer. Rejects when the connection closes before its end. */
  async answer({ isHead = false } = {}): Promise<RawAnswer> {
    let length: number | undefined;
    for (;;) {
      length ??= answerLength(this.rest, isHead);
      const bytes = this.#received.reduce((sum, chunk) => sum + chunk.length, 0);
      if (length !== undefined && length <= bytes) {
        const received = this.rest;
        this.#received = [received.subarray(length)];
        return new RawAnswer(received.subarray(0, length));
      }
      if (this.#isClosed) throw new Error(`closed after ${bytes} bytes of an answer`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** What came and was no part of an answer that was taken. */
  get rest(): Buffer {
    return Buffer.concat(this.#received);
  }

  /** Without waiting for what is on its way; the server sees a reset. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  destroy(): void {
    this.socket.destroy();
  }
}

/** Unknown while its head is not whole. */
function answerLength(received: Buffer, isHead: boolean): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const hasBody = !isHead && !/^HTTP\/1\.1 (204|304) /.test(head);
  const announced = /\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? '0';
  return headEnd + 4 + (hasBody ? Number(announced) : 0);
}

export class RawAnswer {
  readonly bytes: Buffer;
  /** Status line and header lines. */
  readonly head: string;
  readonly status: number;
  readonly body: Buffer;

  constructor(bytes: Buffer) {
    const headEnd = bytes.indexOf('\r\n\r\n');
    this.bytes = bytes;
    this.head = bytes.toString('latin1', 0, headEnd);
    this.status = Number(this.head.split(' ')[1]);
    this.body = bytes.subarray(headEnd + 4);
  }

  /** As text, without what differs from request to request: its id, its time, its date. */
  get lasting(): string {
    return this.bytes
      .toString('latin1')
      .replace(/(?<=\r\nDate: )[^\r]*/, 'DATE')
      .replace(/(?<=\r\nx-oss-server-time: )\d+/, 'TIME')
      .replace(/(?<=\r\nx-oss-err: )[^\r]*/, (text) => Buffer.from(text, 'base64').toString())
      .replace(/\b[0-9A-F]{24}\b/g, 'ID');
  }

  get says(): 'close' | 'keep-alive' | undefined {
    const value = /\r\nconnection: (close|keep-alive)/i.exec(this.head)?.[1];
    return value?.toLowerCase() as 'close' | 'keep-alive' | undefined;
  }
}
