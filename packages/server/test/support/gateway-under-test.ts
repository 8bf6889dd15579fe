// A server in memory with a clock that tests set, a bucket, and signed raw requests to it.
import {
  defaultHashes,
  encodeComponent,
  encodePath,
  formatIsoBasic,
  presignV4,
} from '@osskeep/protocol';
import { expect } from 'vitest';
import { rootOwner } from '../../src/boot/keys/credentials.ts';
import type { Seams } from '../../src/boot/seams.ts';
import { type AccessKey, type Osskeep, type StartOptions, startOsskeep } from '../../src/index.ts';
import { fastPath } from './fast-path.ts';
import { element, type RawResponse, requestBytes, type SendOptions, sendRaw } from './raw-http.ts';
import { type SignedRaw, type Signer, signRaw } from './signed-raw.ts';

export const bucket = 'examplebucket';
export const startMs: number = Date.UTC(2026, 0, 15, 12, 0, 0);
export const rootKey = { accessKeyId: 'LTAI5tTestKey0001', accessKeySecret: 'TestSecret0001' };

export interface SettableClock {
  now(): number;
  monotonic(): number;
  set(nowMs: number): void;
}

export function settableClock(initialMs: number = startMs): SettableClock {
  let nowMs = initialMs;
  return {
    now: () => nowMs,
    monotonic: () => performance.now(),
    set: (to) => {
      nowMs = to;
    },
  };
}

/** Does not wait to see whether the server closes. */
export const quick: SendOptions = { settleMs: 0 };

export interface Link {
  readonly key: string;
  readonly host?: string;
  /** Raw; `/bucket/key` when absent. */
  readonly path?: string;
  readonly query?: readonly (readonly [string, string])[];
  /** What is sent; the link is for GET. */
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
}

export class GatewayUnderTest {
  readonly server: Osskeep;
  readonly clock: SettableClock;

  constructor(server: Osskeep, clock: SettableClock) {
    this.server = server;
    this.clock = clock;
  }

  get host(): string {
    return `127.0.0.1:${this.server.port}`;
  }

  get signer(): Signer {
    const { port, region } = this.server;
    return { port, region, ...rootKey, nowMs: this.clock.now() };
  }

  /** Sends bytes as they are; fails where no answer comes. */
  async raw(bytes: Uint8Array, options?: SendOptions): Promise<RawResponse> {
    const response = await sendRaw(this.server.port, bytes, options);
    if (response === undefined) throw new Error('the server did not answer');
    return response;
  }

  /** Sends with a good V4 header signature, the root account's unless another key is given. */
  signed(request: SignedRaw, options?: SendOptions, as?: AccessKey): Promise<RawResponse> {
    return this.raw(requestBytes(signRaw({ ...this.signer, ...as }, request)), options);
  }

  /** Sends without any signature. */
  anonymous(request: SignedRaw): Promise<RawResponse> {
    const { host = this.host, headers = [], body } = request;
    const length = body === undefined ? [] : [['Content-Length', String(body.length)] as const];
    const sent = { ...request, headers: [['Host', host] as const, ...headers, ...length] };
    return this.raw(requestBytes(sent), quick);
  }

  /** A GET signed in its URL (V4), sent to `host` with the path a host of that kind wants. */
  link({ host, path, key, query = [], method = 'GET', headers = [] }: Link): Promise<RawResponse> {
    const request = { method: 'GET', bucket, key, query, headers: [] };
    const lifetime = { date: formatIsoBasic(this.clock.now()), expires: 600 };
    const signed = presignV4(request, lifetime, this.signer, defaultHashes());
    const pairs = [...query, ...signed.query].map(([name, value]) =>
      value === '' ? name : `${encodeComponent(name)}=${encodeComponent(value)}`,
    );
    const target = `${path ?? `/${bucket}/${encodePath(key)}`}?${pairs.join('&')}`;
    const all = [['Host', host ?? this.host] as const, ...headers];
    return this.raw(requestBytes({ method, target, headers: all }), quick);
  }

  /** Keys in the bucket, through the wire. */
  async keys(): Promise<string[]> {
    const target = `/${bucket}?max-keys=1000&encoding-type=url`;
    const response = await this.signed({ target, bucket }, quick);
    expect(response.status).toBe(200);
    return [...response.text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key as string);
  }

  /** A good request still works: store, read back, remove. */
  async expectHealthy(): Promise<void> {
    const key = 'still-works';
    const target = `/${bucket}/${key}`;
    const body = Buffer.from('still works');
    const put = await this.signed({ method: 'PUT', target, bucket, key, body }, quick);
    expect(put.status).toBe(200);
    const got = await this.signed({ target, bucket, key }, quick);
    expect([got.status, got.text]).toEqual([200, 'still works']);
    const removed = await this.signed({ method: 'DELETE', target, bucket, key }, quick);
    expect(removed.status).toBe(204);
  }

  async expectNothingStored(): Promise<void> {
    expect(await this.keys()).toEqual([]);
  }
}

/** Nobody is waited for when it stops: what stopping promises has a test of its own. */
const atOnce: Seams = { drain: { acceptMs: 0, idleMs: 0 } };

export async function startGateway(
  options: StartOptions = {},
  seams: Seams = {},
): Promise<GatewayUnderTest> {
  const clock = settableClock();
  const server = await startOsskeep(
    { rootKey, clock, fastPath, ...options },
    { ...atOnce, ...seams },
  );
  await server.store.buckets.create(bucket, rootOwner);
  return new GatewayUnderTest(server, clock);
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly ec?: string | RegExp;
  readonly message?: string | RegExp;
  /** Extra elements of the error document. */
  readonly elements?: Readonly<Record<string, string>>;
  /** What the server did with the connection; not looked at when absent. */
  readonly closed?: boolean;
}

/** The error document of an answer: its body, or what HEAD carries in `x-oss-err`. */
export function errorDocument(response: RawResponse): string {
  const inHeader = response.headers.get('x-oss-err');
  return inHeader === undefined ? response.text : Buffer.from(inHeader, 'base64').toString();
}

/** Every part that clients read from a refusal (errors reference §1). */
export function expectRefusal(response: RawResponse, expected: Refusal): void {
  const document = errorDocument(response);
  const { status, code, ec, message, elements = {}, closed } = expected;
  const got = { status: response.status, code: element(document, 'Code') };
  expect(got, document).toEqual({ status, code });
  expect(document.startsWith('<?xml ')).toBe(true);
  const requestId = response.headers.get('x-oss-request-id');
  expect(requestId).toMatch(/^[0-9A-F]{24}$/);
  expect(element(document, 'RequestId')).toBe(requestId);
  expect(element(document, 'HostId')).toMatch(/./);
  if (ec !== undefined) {
    const sent = element(document, 'EC');
    if (typeof ec === 'string') expect(sent).toBe(ec);
    else expect(sent).toMatch(ec);
    expect(response.headers.get('x-oss-ec')).toBe(sent);
  }
  if (typeof message === 'string') expect(element(document, 'Message')).toBe(message);
  else if (message !== undefined) expect(element(document, 'Message')).toMatch(message);
  for (const [name, value] of Object.entries(elements)) {
    expect(element(document, name), name).toBe(value);
  }
  if (closed !== undefined) {
    expect(response.closed).toBe(closed);
    if (closed) expect(response.headers.get('connection')).toBe('close');
  }
}
