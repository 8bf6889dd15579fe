// Fetches a URL over a socket to this machine, whatever its host resolves to elsewhere: what the tests read
// signed URLs with. The certificate is checked for the name in the URL.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Downloaded {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const thisMachine: LookupFunction = (_host, { all }, found) => {
  if (all === true) found(null, [{ address: '127.0.0.1', family: 4 }]);
  else found(null, '127.0.0.1', 4);
};

export function download(
  url: string,
  { ca, headers = {} }: { ca?: string | undefined; headers?: Record<string, string> } = {},
): Promise<Downloaded> {
  const options = { lookup: thisMachine, agent: false, headers };
  return new Promise((resolve, reject) => {
    const received = (response: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    };
    const sent = url.startsWith('https:')
      ? httpsRequest(url, { ...options, ca }, received)
      : httpRequest(url, options, received);
    sent.on('error', reject);
    sent.end();
  });
}
