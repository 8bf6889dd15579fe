// What Node's own HTTP server reads from bytes: the measure for every other reader of requests.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { serverOptions } from '../../src/gateway/http/server-options.ts';

export interface ParsedHead {
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value. */
  readonly rawHeaders: readonly string[];
  /** Hexadecimal. */
  readonly body: string;
}

const last = '/this-is-the-last-request';
const lastHead = Buffer.from(`GET ${last} HTTP/1.1\r\nConnection: close\r\n\r\n`);

export class NodeParser {
  readonly #server: Server;
  #seen: ParsedHead[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      const { method = '', url = '', rawHeaders } = request;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.#seen.push({ method, url, rawHeaders, body: Buffer.concat(chunks).toString('hex') });
        response.end();
      });
    });
    server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** With the listeners' own limits. */
  static async start(): Promise<NodeParser> {
    const server = createServer(serverOptions).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new NodeParser(server);
  }

  /** Of heads sent one behind the other: the requests that are read before the first that is refused. */
  async parse(heads: readonly Uint8Array[]): Promise<ParsedHead[]> {
    this.#seen = [];
    const socket = connect((this.#server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(Buffer.concat([...heads, lastHead]));
    await once(socket, 'close');
    const at = this.#seen.findIndex(({ url }) => url === last);
    return at === -1 ? this.#seen : this.#seen.slice(0, at);
  }

  stop(): void {
    this.#server.close();
  }
}
