// A small HTTP client for tests that make many requests: signs V4 headers with the protocol's own
// signer, keeps connections alive, and reports only whole answers.
import { Agent, request } from 'node:http';
import { defaultHashes, encodeComponent, encodePath, signV4 } from '@osskeep/protocol';

const hashes = defaultHashes();

export interface Server {
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export interface Asked {
  readonly method: string;
  readonly bucket: string;
  readonly key?: string | undefined;
  readonly query?: readonly (readonly [string, string])[] | undefined;
  readonly body?: Buffer | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export class SignedRequests {
  readonly #server: Server;
  readonly #now: () => number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  /** `now` is the server's wall time, ms. */
  constructor(server: Server, now: () => number = Date.now) {
    this.#server = server;
    this.#now = now;
  }

  async createBucket(bucket: string): Promise<void> {
    await this.expect({ method: 'PUT', bucket }, 200);
  }

  async put(bucket: string, key: string, body: Buffer): Promise<void> {
    await this.expect({ method: 'PUT', bucket, key, body }, 200);
  }

  async delete(bucket: string, key: string): Promise<void> {
    await this.expect({ method: 'DELETE', bucket, key }, 204);
  }

  /** undefined when the key does not exist. */
  async get(bucket: string, key: string): Promise<Buffer | undefined> {
    const answer = await this.send({ method: 'GET', bucket, key });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw unexpected(answer);
    return answer.body;
  }

  /** Rejects when the answer has another status. */
  async expect(asked: Asked, status: number): Promise<Answer> {
    const answer = await this.send(asked);
    if (answer.status !== status) throw unexpected(answer);
    return answer;
  }

  close(): void {
    this.#agent.destroy();
  }

  send(asked: Asked): Promise<Answer> {
    const { method, body = Buffer.alloc(0) } = asked;
    const headers = this.#headers(asked);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.#server.port,
          method,
          path: targetOf(asked),
          headers: { ...headers, 'content-length': String(body.length) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const fields = Object.entries(response.headers as Record<string, string>);
            resolve({
              status: response.statusCode ?? 0,
              headers: new Map(fields),
              body: Buffer.concat(chunks),
            });
          });
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  #headers({ method, bucket, key, query = [] }: Asked): Record<string, string> {
    const date = new Date(this.#now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
    const headers: [string, string][] = [
      ['x-oss-date', date],
      ['x-oss-content-sha256', 'UNSIGNED-PAYLOAD'],
    ];
    const asked = { method, bucket, key, query, headers };
    const { authorization } = signV4(asked, this.#server, hashes);
    return { ...Object.fromEntries(headers), authorization };
  }
}

function unexpected({ status, body }: Answer): Error {
  return new Error(`${status}: ${body.toString()}`);
}

/** Path style. */
function targetOf({ bucket, key, query = [] }: Asked): string {
  const pairs = query.map(([name, value]) => {
    return value === ''
      ? encodeComponent(name)
      : `${encodeComponent(name)}=${encodeComponent(value)}`;
  });
  const path = key === undefined ? `/${bucket}/` : `/${bucket}/${encodePath(key)}`;
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
