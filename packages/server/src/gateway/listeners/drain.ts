// Stops HTTP and HTTPS servers without losing a request on a connection they have accepted. Node's own
// `server.close()` destroys idle keep-alive connections at once, and with them the request a client
// is sending that instant; here an idle connection may still send one, and is told to close.
import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlainLane } from '../http/plain/plain-lane.ts';

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
  readonly #servers: (Server | TlsServer)[] = [];
  readonly #lanes: PlainLane[] = [];
  readonly #sockets = new Set<Socket>();
  /** Connections whose TLS handshake is not over: no HTTP server knows of them yet. */
  readonly #handshakes = new Map<string, Socket>();
  #draining = false;

  /** Call before the server listens. */
  watch(server: Server | TlsServer, isTls: boolean, plain?: PlainLane): void {
    this.#servers.push(server);
    if (plain !== undefined) this.#lanes.push(plain);
    server.on('connection', (socket: Socket) => {
      const name = connectionName(socket);
      this.#sockets.add(socket);
      if (isTls) this.#handshakes.set(name, socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#handshakes.get(name) === socket) this.#handshakes.delete(name);
      });
    });
    if (isTls) {
      server.on('secureConnection', (socket: Socket) => {
        this.#handshakes.delete(connectionName(socket));
      });
    }
  }

  /** While true every answer carries `Connection: close`. */
  get draining(): boolean {
    return this.#draining;
  }

  async run(times: DrainTimes): Promise<void> {
    this.#draining = true;
    await sleep(times.acceptMs);
    for (const server of this.#servers) {
      // The net server's close only stops listening; the http server's would also cut idle ones.
      NetServer.prototype.close.call(server);
    }
    const deadline = performance.now() + times.deadlineMs;
    const idleUntil = Math.min(performance.now() + times.idleMs, deadline);
    while (this.#sockets.size > 0 && performance.now() < idleUntil) await sleep(10);
    while (this.#sockets.size > 0 && performance.now() < deadline) {
      for (const server of this.#servers) server.closeIdleConnections();
      for (const lane of this.#lanes) lane.closeIdle();
      for (const socket of this.#handshakes.values()) socket.destroy();
      await sleep(10);
    }
    for (const server of this.#servers) {
      server.closeAllConnections();
      // Ends the http server's own timer, which would keep the server and all behind it.
      server.close();
    }
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** The same for a TCP socket and the TLS socket on it: Node does not tell which belong together. */
function connectionName({ localAddress, localPort, remoteAddress, remotePort }: Socket): string {
  return `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
}
