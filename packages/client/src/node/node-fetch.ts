// A fetch over node:http. It sends the path as it stands, hands over bytes as they are stored (the
// platform's fetch decompresses them), and costs about half the processor time.
import {
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Fetch, FetchInit } from '../requests/fetch.ts';

async function sendRaw(url: string, init: FetchInit): Promise<Response> {
  init.signal?.throwIfAborted();
  const [, scheme, host, port, path] =
    /^(https?):\/\/(\[[^\]]+\]|[^/:?#@]+)(?::(\d+))?(\/[^#]*)$/.exec(url) ?? [];
  if (scheme === undefined || host === undefined || path === undefined) {
    throw new TypeError('nodeFetch takes absolute http and https URLs with a path.');
  }
  const options: RequestOptions = {
    method: init.method ?? 'GET',
    hostname: host.replace(/^\[|\]$/g, ''),
    port: port ?? (scheme === 'https' ? 443 : 80),
    path,
    headers: headersOf(init),
  };
  const request = (scheme === 'https' ? requestHttps : requestHttp)(options);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.once('response', resolve);
  // Also after the answer: what still goes wrong then is told by the answer's own stream.
  request.on('error', reject);
  const onAbort = (): void => {
    request.destroy(init.signal?.reason as Error);
  };
  init.signal?.addEventListener('abort', onAbort, { once: true });
  request.once('close', () => init.signal?.removeEventListener('abort', onAbort));
  sendBody(request, init.body);
  return toResponse(await promise, options.method);
}

function headersOf(init: FetchInit): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of init.headers as [string, string][]) headers[name] = value;
  const { body, method } = init;
  if (body instanceof Uint8Array) headers['content-length'] = String(body.length);
  else if (body instanceof Blob) headers['content-length'] = String(body.size);
  else if (body == null && (method === 'PUT' || method === 'POST')) headers['content-length'] = '0';
  return headers;
}

function sendBody(request: ClientRequest, body: FetchInit['body']): void {
  if (body == null || body instanceof Uint8Array) {
    request.end(body);
    return;
  }
  const stream = body instanceof Blob ? body.stream() : (body as ReadableStream<Uint8Array>);
  const source = Readable.fromWeb(stream as NodeReadableStream<Uint8Array>);
  // A body that breaks off destroys the request, which tells; an early answer ends the rest silently.
  pipeline(source, request).catch((error: unknown) => request.destroy(error as Error));
}

function toResponse(message: IncomingMessage, method: string | undefined): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  const raw = message.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2)
    headers.append(raw[i] as string, raw[i + 1] as string);
  if (method === 'HEAD' || status === 204 || status === 205 || status === 304) {
    message.resume();
    return new Response(null, { status, headers });
  }
  return new Response(bodyOf(message), { status, headers });
}

function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = message.iterator() as AsyncIterator<Uint8Array>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        message.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** For `new OssClient({ fetch: nodeFetch })`. Redirects are handed over, never followed. */
export const nodeFetch: Fetch = Object.assign(sendRaw, { isRaw: true as const });
