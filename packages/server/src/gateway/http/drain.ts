// Stops an HTTP server without losing a request on a connection it has accepted. Node's own
// `server.close()` destroys idle keep-alive connections at once, and with them the request a client
// is sending that instant; here an idle connection may still send one, and is told to close.
import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DrainTimes {
  /** How long the listener still accepts after draining began: connections on their way arrive. */
  readonly acceptMs: number;
  /** How long idle connections may still send a request. */
  readonly idleMs: number;
  /** When what still runs is cut. */
  readonly deadlineMs: number;
}

export const defaultDrainTimes: DrainTimes = { acceptMs: 200, idleMs: 1_000, deadlineMs: 30_000 };

export class Drain {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #draining = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** While true every answer carries `Connection: close`. */
  get draining(): boolean {
    return this.#draining;
  }

  async run(times: DrainTimes): Promise<void> {
    this.#draining = true;
    await sleep(times.acceptMs);
    // The net server's close only stops listening; the http server's would also cut idle ones.
    NetServer.prototype.close.call(this.#server);
    const deadline = performance.now() + times.deadlineMs;
    const idleUntil = Math.min(performance.now() + times.idleMs, deadline);
    while (this.#sockets.size > 0 && performance.now() < idleUntil) await sleep(10);
    while (this.#sockets.size > 0 && performance.now() < deadline) {
      this.#server.closeIdleConnections();
      await sleep(10);
    }
    this.#server.closeAllConnections();
  }
}
