// Port 0 for a server of several processes: one free port for all its workers, also for those that are
// started later. (Node would give another one to whoever comes when nobody listens any more.)
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Configuration } from '../settings/configuration.ts';
import { formatListen, type ListenAddress, listenAddresses } from '../settings/listen-address.ts';

/** The settings of a configuration that say where workers listen. */
export interface ListenAt {
  readonly listen: string;
  readonly tlsListen: string | undefined;
}

/** As configured, with a port in place of each 0. */
export async function freePorts(configuration: Configuration): Promise<ListenAt> {
  const { http, https } = listenAddresses(configuration);
  const { listen, tls } = configuration;
  return {
    listen: http?.port === 0 ? await freePort(http) : listen,
    tlsListen: https?.port === 0 ? await freePort(https) : tls?.listen,
  };
}

/** Free at this moment; when somebody takes it before the workers do, they say so. */
async function freePort({ host }: ListenAddress): Promise<string> {
  const probe = createServer().listen({ host, port: 0 });
  try {
    await once(probe, 'listening');
    return formatListen({ host, port: (probe.address() as AddressInfo).port });
  } finally {
    probe.close();
  }
}
