// Limits and timeouts of the listeners, and why each is not Node's default (durability reference §4).
import type { ServerOptions } from 'node:http';
import type { TlsOptions } from 'node:tls';

export const serverOptions: ServerOptions = {
  // Our own cap is 32 KiB and answers OSS XML; the parser's lies above it so that ours speaks.
  maxHeaderSize: 64 * 1024,
  headersTimeout: 10_000,
  // Covers a whole upload: a steady sender would be cut. The stall guard watches rates instead.
  requestTimeout: 0,
  connectionsCheckingInterval: 2_000,
  // Longer than the usual proxy's, so that the proxy is the one to close.
  keepAliveTimeout: 75_000,
  // A missing Host gets our own refusal, as OSS XML.
  requireHostHeader: false,
  insecureHTTPParser: false,
  noDelay: true,
};

export const tlsOptions: TlsOptions = {
  ALPNProtocols: ['http/1.1'],
  // Two minutes by default: a client that does not finish its handshake costs a connection.
  handshakeTimeout: 10_000,
};

/** More fields than we allow, so that the count is refused by us and not cut silently. */
export const parserHeaderCountMax = 2_000;
export const connectionsMax = 10_000;
