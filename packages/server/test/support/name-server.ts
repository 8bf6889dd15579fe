// A name server for tests, on a port of its own unless one is given.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Answers every question with the TXT records it was told, or that there are none. */
export class NameServer {
  readonly texts = new Map<string, string>();
  readonly #socket: Socket = createSocket('udp4');

  async start(port = 0): Promise<string> {
    this.#socket.on('message', (question, from) => {
      this.#socket.send(this.#answer(question), from.port, from.address);
    });
    this.#socket.bind(port, '127.0.0.1');
    await once(this.#socket, 'listening');
    return `127.0.0.1:${(this.#socket.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#socket.close();
  }

  #answer(question: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const text = this.texts.get(labels.join('.').toLowerCase());
    const head = Buffer.from(question.subarray(0, 12));
    // A response, recursion available; NXDOMAIN where there is nothing.
    head.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(text === undefined ? 0 : 1, 6);
    head.writeUInt32BE(0, 8);
    const asked = question.subarray(12, at + 5);
    if (text === undefined) return Buffer.concat([head, asked]);
    const data = Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]);
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(16, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, asked, record, data]);
  }
}
