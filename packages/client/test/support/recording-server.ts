// A server on 127.0.0.1 that records what arrives, byte for byte, and answers what the test says.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Recorded {
  readonly method: string;
  /** The raw request target. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Answer = (
  response: ServerResponse,
  request: Recorded,
  /** 1 for the first request. */
  number: number,
) => void | Promise<void>;

export interface RecordingServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly requests: Recorded[];
  /** Connections open now. */
  connections(): Promise<number>;
}

export async function recordingServer(answer: Answer): Promise<RecordingServer> {
  const requests: Recorded[] = [];
  const server = createServer({ maxHeaderSize: 65_536 }, async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const { method = '', url = '', headers } = request;
    const recorded = { method, target: url, headers, body: Buffer.concat(chunks) };
    requests.push(recorded);
    await answer(response, recorded, requests.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function errorDocument(code: string, more = ''): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>said ${code}` +
    `</Message><RequestId>5C3D9175B6FC201293AD4901</RequestId><HostId>h</HostId>${more}` +
    '<EC>0002-00000504</EC></Error>'
  );
}
