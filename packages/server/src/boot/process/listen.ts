// Makes a server listen, and says in a sentence why it cannot.
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { ConfigurationError } from '../settings/errors.ts';
import { formatListen, isLoopback, type ListenAddress } from '../settings/listen-address.ts';

/** The address cannot be had; `code` is the system's. */
export class ListenError extends ConfigurationError {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

export interface Listening {
  /** `127.0.0.1:6770`: the host as configured, the port in fact. */
  readonly address: string;
  readonly port: number;
  /** Only this machine can reach it. */
  readonly isLoopback: boolean;
}

/** `flag` is what chooses another port. */
export async function listen(
  server: Server,
  wanted: ListenAddress,
  flag: string,
): Promise<Listening> {
  server.listen(wanted);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'EADDRINUSE'
        ? `another program listens there; stop it or choose another port with ${flag}`
        : message;
    throw new ListenError(`The server cannot listen on ${formatListen(wanted)}: ${why}.`, code);
  }
  const { port, address } = server.address() as AddressInfo;
  return {
    address: formatListen({ host: wanted.host, port }),
    port,
    isLoopback: isLoopback(address),
  };
}
