// One line per request in the structured log. The query never goes in: a signature in it may still
// be good. The path stands decoded into bucket and key.
import type { Exchange } from './exchange.ts';

/** The part of a pino logger that the gateway uses. */
export interface Logger {
  isLevelEnabled(level: 'info'): boolean;
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export function account(log: Logger, exchange: Exchange, endedMs: number): void {
  if (!log.isLevelEnabled('info')) return;
  log.info(
    {
      requestId: exchange.requestId,
      remote: exchange.remote.address,
      method: exchange.request.method,
      operation: exchange.operation,
      bucket: exchange.resource?.bucket,
      key: exchange.resource?.key,
      accessKeyId: exchange.accessKeyId,
      status: exchange.status,
      code: exchange.code,
      ec: exchange.ec,
      bytesIn: exchange.bytesIn,
      bytesOut: exchange.bytesOut,
      ms: Math.round((endedMs - exchange.startedMs) * 1000) / 1000,
    },
    'request',
  );
}
