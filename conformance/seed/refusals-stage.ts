// What the refusal suites run against: a server with a clock they set, and links as bytes, so that a broken
// one reaches the server as it is.
import { OssClient } from '@osskeep/client';
import { encodePath, type PutBucketVersioningInput, putBucketVersioning } from '@osskeep/protocol';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import { quick, settableClock } from '../../packages/server/test/support/gateway-under-test.ts';
import {
  type RawResponse,
  requestBytes,
  sendRaw,
} from '../../packages/server/test/support/raw-http.ts';
import { type Signer, stopSigners, type Version, type Wish } from './refusals-links.ts';
import type { Keys } from './support/job.ts';
import { account, bucket, otherBucket, region, keys as seedKeys } from './support/stage.ts';

/** Base domain, and custom domains: two of one bucket, one of the other. */
export const baseDomain = 'oss.example.test';
export const domain = 'static.example.com';
export const secondDomain = 'media.example.com';
export const otherDomain = 'other.example.com';

export const keys = {
  owner: seedKeys.given,
  temporary: seedKeys.temporary,
  otherTemporary: {
    accessKeyId: 'STS.AnotherOne',
    accessKeySecret: 'SeedTemporarySecret02',
    securityToken: 'CAIS+another/token==',
  },
} as const satisfies Record<string, Keys>;

export const objects = {
  /** Nothing in it is escaped. */
  plain: 'reports/2026-q4~final_v1.txt',
  hard: 'dir/a+b c/100%/文件.txt',
  plus: 'a+b.txt',
  space: 'a b.txt',
  versioned: 'versioned.txt',
  missing: 'missing.txt',
} as const;

export function bodyOf(name: string, key: string, version = 1): string {
  return `${name} ${key} ${version}`;
}

/** A URL as the text it is: nothing is decoded, resolved or put right. */
export interface Link {
  readonly host: string;
  readonly path: string;
  /** `name=value` or `name`. */
  readonly query: readonly string[];
}

export function takeApart(url: string): Link {
  const [, host = '', path = '', query = ''] = /^http:\/\/([^/]+)([^?]*)\?(.*)$/.exec(url) ?? [];
  if (host === '') throw new Error('not a signed URL over http');
  return { host, path, query: query.split('&') };
}

export function nameOf(item: string): string {
  return decodeURIComponent(item.split('=', 1)[0] as string);
}

/** Decoded value of the first item of that name. */
export function parameter({ query }: Pick<Link, 'query'>, ...names: string[]): string | undefined {
  const item = query.find((one) => names.includes(nameOf(one)));
  return item === undefined ? undefined : decodeURIComponent(item.slice(item.indexOf('=') + 1));
}

/** The first and the last moment at which the link works, ms; V1 and V2 have no first. */
export function lifeOf(link: Link): { startMs: number | undefined; endMs: number } {
  const date = parameter(link, 'x-oss-date');
  const expires = Number(parameter(link, 'Expires', 'x-oss-expires'));
  if (date === undefined) return { startMs: undefined, endMs: expires * 1000 };
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  const parsedMs = Date.parse(iso);
  // Date.parse takes the 31st of a shorter month for a day of the next.
  const isReal = !Number.isNaN(parsedMs) && new Date(parsedMs).toISOString() === iso;
  const startMs = isReal ? parsedMs : Number.NaN;
  return { startMs, endMs: startMs + expires * 1000 };
}

/** The key of an object in the path of a URL, as the SDKs of this suite write it. */
export function pathOf(key: string): string {
  return `/${encodePath(key)}`;
}

export interface SendOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Stage {
  readonly server: Osskeep;
  readonly clock: ReturnType<typeof settableClock>;
  /** The server's time while a test does not move it. */
  nowMs = 0;
  readonly client: OssClient;
  /** Oldest first. */
  versionIds: readonly string[] = [];

  constructor(server: Osskeep, clock: ReturnType<typeof settableClock>) {
    this.server = server;
    this.clock = clock;
    this.resetClock();
    this.client = new OssClient({
      endpoint: server.endpoint,
      region,
      bucket,
      credentials: keys.owner,
      clock,
    });
  }

  /** Stops the server's clock at the machine's time, which is what SDKs sign with. */
  resetClock(): void {
    this.nowMs = Math.floor(Date.now() / 1000) * 1000;
    this.clock.set(this.nowMs);
  }

  get port(): number {
    return this.server.port;
  }

  /** A wish for a GET link on the bucket's host; `changes` says what else is wanted. */
  wish(changes: Partial<Wish> = {}): Wish {
    return {
      method: 'GET',
      endpoint: `http://${baseDomain}:${this.port}`,
      style: 'virtual',
      region,
      bucket,
      key: objects.plain,
      seconds: 600,
      query: {},
      headers: {},
      additionalHeaders: [],
      keys: keys.owner,
      ...changes,
    };
  }

  async link(signer: Signer, changes?: Partial<Wish>): Promise<Link> {
    return takeApart(await signer.sign(this.wish(changes)));
  }

  async send(link: Link, { method = 'GET', headers = {} }: SendOptions = {}): Promise<RawResponse> {
    const target = link.query.length === 0 ? link.path : `${link.path}?${link.query.join('&')}`;
    const length = method === 'PUT' || method === 'POST' ? { 'Content-Length': '0' } : {};
    const fields = Object.entries({ Host: link.host, ...length, ...headers });
    const bytes = requestBytes({ method, target, headers: fields });
    const response = await sendRaw(this.port, bytes, quick);
    if (response === undefined) throw new Error('the server did not answer');
    return response;
  }

  async stop(): Promise<void> {
    stopSigners();
    await this.server.stop();
  }
}

export async function startStage(options: { readonly data?: string } = {}): Promise<Stage> {
  const clock = settableClock(Date.now());
  const { accessKeyId: id, accessKeySecret: secret, securityToken: token } = keys.otherTemporary;
  const server = await startOsskeep({
    ...options,
    region,
    clock,
    accounts: [{ ...account, keys: [...account.keys, { id, secret, token }] }],
    domains: [baseDomain],
    cnames: { [domain]: bucket, [secondDomain]: bucket, [otherDomain]: otherBucket },
  });
  const stage = new Stage(server, clock);
  await prepare(stage);
  return stage;
}

const enabled: PutBucketVersioningInput = { status: 'Enabled' };

async function prepare(stage: Stage): Promise<void> {
  const { client } = stage;
  for (const name of [bucket, otherBucket]) {
    await client.putBucket({}, { bucket: name });
    await client.call(putBucketVersioning, {}, enabled, { bucket: name });
    for (const key of Object.values(objects)) {
      if (key !== objects.missing) await client.putObject(key, bodyOf(name, key), { bucket: name });
    }
  }
  const versionIds: string[] = [];
  for (const version of [2, 3]) {
    const body = bodyOf(bucket, objects.versioned, version);
    versionIds.push((await client.putObject(objects.versioned, body)).versionId ?? '');
  }
  stage.versionIds = versionIds;
}

export const mismatchEc: Readonly<Record<Version, string>> = {
  V1: '0002-00000040',
  V2: '0002-00000101',
  V4: '0002-00000201',
};
