// The HTTP and HTTPS listeners: hand requests to the pipeline, and answer as OSS XML what Node's
// parser refuses by itself.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type OssError, ossError, renderErrorDocument } from '@osskeep/protocol';
import { closeAfterAnswer, failTruncatedBody, type Pipeline } from '../pipeline.ts';
import { PlainLane } from './plain/plain-lane.ts';
import type { RequestIds } from './request-id.ts';
import {
  connectionsMax,
  parserHeaderCountMax,
  serverOptions,
  tlsOptions,
} from './server-options.ts';
import type { Certificate } from './tls/certificate-source.ts';
import { minVersion, type SecureContexts } from './tls/secure-contexts.ts';

export interface Listener {
  readonly server: Server;
  /** Connections that never reach Node's HTTP server. */
  readonly plain: PlainLane;
}

export function createListener(pipeline: Pipeline, requestIds: RequestIds): Listener {
  const server = connectTo(pipeline, requestIds, createServer(serverOptions));
  const plain = new PlainLane(server, (request, response) => {
    void pipeline.serve(request, response, false);
  });
  return { server, plain };
}

export interface TlsParts {
  /** For clients that send no name, or one that nothing is known for. */
  readonly defaultCertificate: Certificate;
  readonly contexts: SecureContexts;
  /** Hears why a name's certificate could not be found or used; the default one is shown instead. */
  readonly onFailure: (serverName: string, error: unknown) => void;
}

export function createTlsListener(
  pipeline: Pipeline,
  requestIds: RequestIds,
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
  return connectTo(pipeline, requestIds, server);
}

/** Shows another default certificate to the connections that come from now on. */
export function showByDefault(server: TlsServer, { cert, key }: Certificate): void {
  server.setSecureContext({ cert, key, minVersion });
}

function connectTo<S extends Server | TlsServer>(
  pipeline: Pipeline,
  requestIds: RequestIds,
  server: S,
): S {
  server.maxHeadersCount = parserHeaderCountMax;
  server.maxConnections = connectionsMax;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void pipeline.serve(request, response, false);
  });
  // Hooked, or Node would ask for the body before anything was checked.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    void pipeline.serve(request, response, true);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'HPE_INVALID_EOF_STATE' && failTruncatedBody(socket)) return;
    if (closeAfterAnswer(socket)) return;
    refuse(socket, parserRefusal(error), requestIds.next());
  });
  return server;
}

const headersTooLarge =
  'The request has more than 200 header fields or a header section larger than 32 KiB. Send less.';

function parserRefusal(error: NodeJS.ErrnoException): OssError {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      // The parser does not tell which of its limits it was.
      return ossError('HeadersTooLarge', {}, { message: headersTooLarge });
    case 'HPE_INVALID_CONTENT_LENGTH':
    case 'HPE_UNEXPECTED_CONTENT_LENGTH':
      return ossError('ContentLengthNotInteger');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ossError('RequestTimeout');
    default:
      return ossError('InvalidRequest', {}, { message: 'The request is not well-formed HTTP.' });
  }
}

/** Writes an answer without Node's help: there is no response object for a broken request. */
function refuse(socket: Socket, error: OssError, requestId: string): void {
  if (!socket.writable || socket.bytesWritten > 0) {
    // Something was answered already: a second answer would be taken for the next request's.
    socket.destroy();
    return;
  }
  const document = Buffer.from(renderErrorDocument(error, { requestId, hostId: 'unknown' }));
  const reason = error.status === 411 ? 'Length Required' : 'Bad Request';
  const head = [
    `HTTP/1.1 ${error.status} ${reason}`,
    'Server: AliyunOSS',
    `Date: ${new Date().toUTCString()}`,
    `x-oss-request-id: ${requestId}`,
    ...(error.ec === undefined ? [] : [`x-oss-ec: ${error.ec}`]),
    'Content-Type: application/xml',
    `Content-Length: ${document.length}`,
    'Connection: close',
    '',
    '',
  ].join('\r\n');
  socket.end(Buffer.concat([Buffer.from(head, 'latin1'), document]));
}
