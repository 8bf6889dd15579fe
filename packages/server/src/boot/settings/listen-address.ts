// Where the listeners of a configuration listen: HOST:PORT read, and what counts where nothing is said.
import { ConfigurationError } from './errors.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** In place of an address: this listener is not wanted. */
export const listenOff = 'off';

export const defaultListen = '127.0.0.1:6770';
const defaultTlsPort = 6772;

/** `127.0.0.1:6770`, `[::1]:0`, `:6770` (every address) or a bare port. */
export function parseListen(text: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]:|([^:[\]]*):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new ConfigurationError(
      `"${text}" is no address to listen on. Write HOST:PORT, e.g. ${defaultListen}.`,
    );
  }
  const host = match[1] ?? match[2];
  if (host === undefined) return { host: '127.0.0.1', port };
  return { host: host === '' ? '::' : host, port };
}

/** `127.0.0.1:6770`, `[::1]:6770`. */
export function formatListen({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** An address that only this machine itself can reach. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}

export interface ListenSettings {
  readonly listen: string;
  readonly tls?: { readonly listen: string | undefined } | undefined;
  readonly admin: { readonly listen: string };
}

export interface ListenAddresses {
  readonly http: ListenAddress | undefined;
  readonly https: ListenAddress | undefined;
  readonly admin: ListenAddress | undefined;
}

/** Absent are the listeners that are not wanted. */
export function listenAddresses({ listen, tls, admin }: ListenSettings): ListenAddresses {
  const http = listen === listenOff ? undefined : parseListen(listen);
  return {
    http,
    https: tls === undefined ? undefined : tlsAddress(tls.listen, http),
    admin: admin.listen === listenOff ? undefined : parseListen(admin.listen),
  };
}

function tlsAddress(text: string | undefined, http: ListenAddress | undefined): ListenAddress {
  if (text !== undefined) return parseListen(text);
  const { host, port } = http ?? parseListen(defaultListen);
  // Whoever asked for any free port does not want a fixed one beside it.
  return { host, port: port === 0 ? 0 : defaultTlsPort };
}
