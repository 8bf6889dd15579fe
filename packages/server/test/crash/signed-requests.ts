// A small HTTP client for crash tests: signs V4 headers with the protocol's own signer, keeps
// connections alive, and reports only whole answers.
import { Agent, request } from 'node:http';
import { defaultHashes, encodePath, signV4 } from '@osskeep/protocol';

const region = 'cn-hangzhou';
const hashes = defaultHashes();

export class SignedRequests {
  readonly #port: number;
  readonly #credentials: { readonly accessKeyId: string; readonly accessKeySecret: string };
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(port: number, accessKeyId: string, accessKeySecret: string) {
    this.#port = port;
    this.#credentials = { accessKeyId, accessKeySecret };
  }

  async createBucket(bucket: string): Promise<void> {
    await this.#expect(await this.#send('PUT', bucket, undefined), 200);
  }

  async put(bucket: string, key: string, body: Buffer): Promise<void> {
    await this.#expect(await this.#send('PUT', bucket, key, body), 200);
  }

  async delete(bucket: string, key: string): Promise<void> {
    await this.#expect(await this.#send('DELETE', bucket, key), 204);
  }

  /** undefined when the key does not exist. */
  async get(bucket: string, key: string): Promise<Buffer | undefined> {
    const answer = await this.#send('GET', bucket, key);
    if (answer.status === 404) return undefined;
    await this.#expect(answer, 200);
    return answer.body;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #expect(answer: { status: number; body: Buffer }, status: number): Promise<void> {
    if (answer.status !== status) throw new Error(`${answer.status}: ${answer.body.toString()}`);
  }

  #send(
    method: string,
    bucket: string,
    key?: string,
    body: Buffer = Buffer.alloc(0),
  ): Promise<{ status: number; body: Buffer }> {
    const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const headers: [string, string][] = [
      ['x-oss-date', date],
      ['x-oss-content-sha256', 'UNSIGNED-PAYLOAD'],
    ];
    const { authorization } = signV4(
      { method, bucket, key, query: [], headers },
      { ...this.#credentials, region },
      hashes,
    );
    const path = key === undefined ? `/${bucket}/` : `/${bucket}/${encodePath(key)}`;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.#port,
          method,
          path,
          headers: {
            ...Object.fromEntries(headers),
            authorization,
            'content-length': String(body.length),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
