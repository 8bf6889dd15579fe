// The admin listener: is the server alive, is it ready, and its figures. An address of its own, on this
// machine alone unless an operator says otherwise; health says nothing beyond ok (security checklist 42).
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { serverOptions } from '../gateway/http/server-options.ts';
import type { MetricsText } from './metrics-report.ts';

export interface AdminParts {
  /** The store answers, and the server is not about to stop. */
  readonly isReady: () => Promise<boolean>;
  readonly metrics: () => Promise<MetricsText>;
  readonly onFailure: (error: unknown) => void;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly contentType?: string;
}

const connectionsMax = 100;
const readyWithinMs = 2_000;

const ok: Answer = { status: 200, text: 'ok\n' };
const unavailable: Answer = { status: 503, text: 'unavailable\n' };

export function createAdminListener(parts: AdminParts): Server {
  const routes = new Map<string, () => Promise<Answer>>([
    ['/livez', async () => ok],
    ['/readyz', async () => ((await isReadySoon(parts)) ? ok : unavailable)],
    ['/metrics', async () => ({ status: 200, ...(await parts.metrics()) })],
  ]);
  const server = createServer(serverOptions);
  server.maxConnections = connectionsMax;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    void answer(routes, request, parts.onFailure).then((found) => send(request, response, found));
  });
  return server;
}

async function answer(
  routes: ReadonlyMap<string, () => Promise<Answer>>,
  { url = '', method = '' }: IncomingMessage,
  onFailure: (error: unknown) => void,
): Promise<Answer> {
  const [path = ''] = url.split('?');
  const route = routes.get(path);
  if (route === undefined) return { status: 404, text: 'not found\n' };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'method not allowed\n' };
  try {
    return await route();
  } catch (error) {
    onFailure(error);
    return { status: 500, text: 'failed\n' };
  }
}

/** A store that does not answer at all counts as one that fails. */
async function isReadySoon({ isReady }: AdminParts): Promise<boolean> {
  const late = AbortSignal.timeout(readyWithinMs);
  const isLate = new Promise<boolean>((resolve) => {
    late.addEventListener('abort', () => resolve(false));
  });
  return Promise.race([isReady().catch(() => false), isLate]);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, text, contentType = 'text/plain; charset=utf-8' }: Answer,
): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
    // A body that nobody reads must not be taken for the next request.
    ...(request.complete ? {} : { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
