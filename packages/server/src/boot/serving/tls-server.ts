// The https listener of a process, and the certificates it shows.
import type { Server } from 'node:https';
import { join } from 'node:path';
import type { RequestServer } from '../../gateway/http/wire.ts';
import { createTlsListener, showByDefault } from '../../gateway/listeners/listener.ts';
import type { Addressing } from '../../gateway/request/addressing.ts';
import type { Logger } from '../process/log.ts';
import type { Configuration } from '../settings/configuration.ts';
import { listenAddresses } from '../settings/listen-address.ts';
import { openTls, type Tls } from '../tls/open-tls.ts';
import type { BoundDomains } from '../tls/store-certificates.ts';

/** Absent where nobody configured it. `addressing` is asked each time: a reload changes it. */
export async function openConfiguredTls(
  configuration: Configuration,
  addressing: () => Addressing,
  boundDomains: BoundDomains,
  log: Logger,
): Promise<Tls | undefined> {
  const { data, tls } = configuration;
  if (tls === undefined) return undefined;
  const { http, https } = listenAddresses(configuration);
  return openTls({
    ...tls,
    folder: data === undefined ? undefined : join(data, 'tls'),
    listenHosts: [http, https].flatMap((address) => address?.host ?? []),
    addressing,
    boundDomains,
    log,
  });
}

/** Does not listen yet. */
export async function createTlsServer(
  requests: RequestServer,
  tls: Tls,
  log: Logger,
): Promise<Server> {
  let shown = await tls.byDefault();
  const server = createTlsListener(requests, {
    defaultCertificate: shown,
    contexts: tls.contexts,
    onFailure: (serverName, error) => {
      log.error({ serverName, err: error }, 'no certificate for a name; the default one is shown');
    },
  });
  // Its handshake takes what is shown at the moment; what has changed counts for the next.
  server.on('connection', () => {
    tls.byDefault().then(
      (certificate) => {
        if (certificate.id === shown.id) return;
        shown = certificate;
        showByDefault(server, certificate);
      },
      (error: unknown) => log.error({ err: error }, 'the default certificate cannot be renewed'),
    );
  });
  return server;
}
