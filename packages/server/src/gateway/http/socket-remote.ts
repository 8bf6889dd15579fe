// The other end of a socket, asked for when somebody wants to know: most requests are not logged.
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Remote } from './wire.ts';

export class SocketRemote implements Remote {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get address(): string | undefined {
    return this.#socket.remoteAddress;
  }

  get isTls(): boolean {
    return (this.#socket as Partial<TLSSocket>).encrypted === true;
  }
}
