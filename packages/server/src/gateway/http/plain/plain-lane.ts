// All plain connections of a listener: puts itself before Node's HTTP server, and closes those that are
// silent for too long, as Node's server does with its own.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { serverOptions } from '../server-options.ts';
import { UnorderedList } from '../unordered-list.ts';
import type { RequestServer } from '../wire.ts';
import { PlainConnection, type PlainParts } from './plain-connection.ts';
import { WriteBatch } from './write-batch.ts';

const { headersTimeout = 0, keepAliveTimeout = 0, connectionsCheckingInterval } = serverOptions;

const keepAliveEnd = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveTimeout / 1000)}\r\n\r\n`;

/** A client may use its connection until the last moment that it was told. */
const graceMs = 1_000;

export class PlainLane {
  readonly #connections = new UnorderedList<PlainConnection>();
  readonly #timer: NodeJS.Timeout;

  /** The server's own listener for connections hears from now on only of those that are given to it. */
  constructor(server: Server, requests: Pick<RequestServer, 'serve'>) {
    const [listener, ...others] = server.listeners('connection');
    if (listener === undefined || others.length > 0) {
      throw new Error('an HTTP server has one listener for connections when it is made');
    }
    server.removeAllListeners('connection');
    const parts: PlainParts = {
      server: requests,
      handOver: (socket) => listener.call(server, socket),
      batch: new WriteBatch(),
      keepAlive: keepAliveEnd,
      now: () => performance.now(),
    };
    server.on('connection', (socket: Socket) => {
      const connection = new PlainConnection(socket, parts, (ended) =>
        this.#connections.remove(ended),
      );
      this.#connections.add(connection);
    });
    this.#timer = setInterval(() => this.#closeSilent(), connectionsCheckingInterval);
    this.#timer.unref();
    server.on('close', () => clearInterval(this.#timer));
  }

  closeIdle(): void {
    for (const connection of this.#connections.all()) connection.closeIdle();
  }

  #closeSilent(): void {
    const now = performance.now();
    for (const connection of this.#connections.all()) {
      const limit = connection.isNew ? headersTimeout : keepAliveTimeout + graceMs;
      if (connection.silentMs(now) > limit) connection.close();
    }
  }
}
