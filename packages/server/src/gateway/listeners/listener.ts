// The HTTP and HTTPS listeners: they hand requests to whoever answers them, also those that Node's parser
// refuses by itself.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { NodeExchanges } from '../http/node/node-exchange.ts';
import { PlainLane } from '../http/plain/plain-lane.ts';
import {
  connectionsMax,
  parserHeaderCountMax,
  serverOptions,
  tlsOptions,
} from '../http/server-options.ts';
import type { Certificate } from '../http/tls/certificate-source.ts';
import { minVersion, type SecureContexts } from '../http/tls/secure-contexts.ts';
import type { RequestServer } from '../http/wire.ts';
import { type ParserFailure, refuseUnread } from './unread-request.ts';

export interface Listener {
  readonly server: Server;
  /** Connections that never reach Node's HTTP server; undefined where all do. */
  readonly plain: PlainLane | undefined;
}

/** `hasFastPath`: plain requests go around Node's HTTP server. */
export function createListener(requests: RequestServer, hasFastPath: boolean): Listener {
  const server = connectTo(requests, createServer(serverOptions));
  return { server, plain: hasFastPath ? new PlainLane(server, requests) : undefined };
}

export interface TlsParts {
  /** For clients that send no name, or one that nothing is known for. */
  readonly defaultCertificate: Certificate;
  readonly contexts: SecureContexts;
  /** Hears why a name's certificate could not be found or used; the default one is shown instead. */
  readonly onFailure: (serverName: string, error: unknown) => void;
}

export function createTlsListener(
  requests: RequestServer,
  { defaultCertificate, contexts, onFailure }: TlsParts,
): TlsServer {
  const { cert, key } = defaultCertificate;
  const server = createTlsServer({
    ...serverOptions,
    ...tlsOptions,
    minVersion,
    cert,
    key,
    SNICallback: (serverName, done) => {
      contexts.find(serverName).then(
        (context) => done(null, context),
        (error: unknown) => {
          onFailure(serverName, error);
          done(null, undefined);
        },
      );
    },
  });
  // Node passes a failed handshake on as a client error; there is no HTTP to answer it in.
  server.removeAllListeners('tlsClientError');
  server.on('tlsClientError', (_error: Error, socket: TLSSocket) => socket.destroy());
  return connectTo(requests, server);
}

/** Shows another default certificate to the connections that come from now on. */
export function showByDefault(server: TlsServer, { cert, key }: Certificate): void {
  server.setSecureContext({ cert, key, minVersion });
}

function connectTo<S extends Server | TlsServer>(requests: RequestServer, server: S): S {
  const exchanges = new NodeExchanges(requests);
  server.maxHeadersCount = parserHeaderCountMax;
  server.maxConnections = connectionsMax;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    exchanges.serve(request, response, false);
  });
  // Hooked, or Node would ask for the body before anything was checked.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    exchanges.serve(request, response, true);
  });
  server.on('clientError', (failure: ParserFailure, socket: Socket) => {
    if (failure.code === 'HPE_INVALID_EOF_STATE' && exchanges.failTruncatedBody(socket)) return;
    if (exchanges.closeAfterAnswer(socket)) return;
    refuseUnread(requests, failure, socket);
  });
  return server;
}
