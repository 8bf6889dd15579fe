// Opens the admin listener. Where nobody asked for it by name a taken port is no reason not to start.

import { createAdminListener } from '../admin/listener.ts';
import type { MetricsText } from '../admin/metrics-report.ts';
import { ListenError, type Listening, listen } from './process/listen.ts';
import type { Logger } from './process/log.ts';
import { formatListen, type ListenAddress } from './settings/listen-address.ts';

export interface AdminInput {
  readonly address: ListenAddress;
  readonly isOptional: boolean;
  readonly isReady: () => Promise<boolean>;
  readonly metrics: () => Promise<MetricsText>;
  readonly log: Logger;
}

export interface Admin {
  readonly listening: Listening;
  close(): void;
}

export async function openAdmin({
  address,
  isOptional,
  isReady,
  metrics,
  log,
}: AdminInput): Promise<Admin | undefined> {
  const onFailure = (error: unknown): void => log.error({ err: error }, 'admin request failed');
  const server = createAdminListener({ isReady, metrics, onFailure });
  try {
    const listening = await listen(server, address, '--admin-listen');
    log.info(`Health and metrics on http://${listening.address}`);
    return {
      listening,
      close: () => {
        server.close();
        server.closeAllConnections();
      },
    };
  } catch (error) {
    if (!isOptional || !(error instanceof ListenError) || error.code !== 'EADDRINUSE') throw error;
    log.warn(`No health and metrics: ${formatListen(address)} is taken; see --admin-listen.`);
    return undefined;
  }
}
