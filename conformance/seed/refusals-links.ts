// Who makes the links that the refusal suites break: ali-oss and the two Python SDKs, unmodified, and our
// client. Nothing of a link is typed by hand.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { OssClient, type PresignMethod } from '@osskeep/client';
import AliOss from 'ali-oss';
import { missingPython, python } from '../support/python.ts';
import type { Keys } from './support/job.ts';

export type Version = 'V1' | 'V2' | 'V4';
export type Method = Extract<PresignMethod, 'GET' | 'PUT' | 'HEAD'>;

export interface Wish {
  readonly method: Method;
  /** Scheme, host and port. */
  readonly endpoint: string;
  readonly style: 'virtual' | 'path' | 'cname';
  readonly region: string;
  readonly bucket: string;
  readonly key: string;
  readonly seconds: number;
  readonly query: Readonly<Record<string, string>>;
  /** What the user of the link has to send. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names of `headers` that are signed besides; V4 and V2. */
  readonly additionalHeaders: readonly string[];
  readonly keys: Keys;
}

export interface Signer {
  readonly name: string;
  readonly version: Version;
  readonly isPython: boolean;
  /** Why it cannot be run here. */
  readonly missing: string | undefined;
  sign(wish: Wish): Promise<string>;
}

/** The SDK has no types of its own; this is what the suites call. */
interface Ali {
  signatureUrl(name: string, options: object): string;
  signatureUrlV4(
    method: string,
    seconds: number,
    request: object,
    name: string,
    additionalHeaders: readonly string[],
  ): Promise<string>;
}

function ali(wish: Wish): Ali {
  const { accessKeyId, accessKeySecret, securityToken } = wish.keys;
  return new AliOss({
    endpoint: wish.endpoint,
    region: `oss-${wish.region}`,
    bucket: wish.bucket,
    accessKeyId,
    accessKeySecret,
    ...(securityToken === undefined
      ? {}
      : { stsToken: securityToken, refreshSTSTokenInterval: Number.MAX_SAFE_INTEGER }),
    secure: false,
    sldEnable: wish.style === 'path',
    cname: wish.style === 'cname',
  }) as unknown as Ali;
}

function ours(wish: Wish, signatureVersion: 'v1' | 'v4'): Promise<string> {
  const { endpoint, region, bucket, style } = wish;
  const client = new OssClient({
    endpoint,
    region,
    bucket,
    credentials: wish.keys,
    cname: style === 'cname',
    addressing: style === 'path' ? 'path' : 'virtual',
    signatureVersion,
  });
  const options = {
    expires: wish.seconds,
    query: wish.query,
    headers: wish.headers,
    additionalHeaders: wish.additionalHeaders,
  };
  return client.presign(wish.method, wish.key, options).then(({ url }) => url);
}

class PythonSigners {
  #child: ChildProcess | undefined;
  #lines: AsyncIterator<string> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** Wishes wait for each other. */
  sign(signer: string, wish: Wish): Promise<string> {
    const done = this.#last.then(() => this.#ask(signer, wish));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #ask(signer: string, wish: Wish): Promise<string> {
    const { keys, ...rest } = wish;
    const pair = [keys.accessKeyId, keys.accessKeySecret];
    if (keys.securityToken !== undefined) pair.push(keys.securityToken);
    this.#start().stdin?.write(`${JSON.stringify({ ...rest, signer, keys: pair })}\n`);
    const line = await this.#lines?.next();
    if (line === undefined || line.done === true) throw new Error('the Python signers ended');
    const answer = JSON.parse(line.value) as { url?: string; error?: string };
    if (answer.url === undefined) throw new Error(`${signer}: ${answer.error}`);
    return answer.url;
  }

  #start(): ChildProcess {
    if (this.#child !== undefined) return this.#child;
    const program = fileURLToPath(new URL('refusals-signers.py', import.meta.url));
    const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.#child = child;
    return child;
  }

  stop(): void {
    this.#child?.stdin?.end();
    this.#child = undefined;
  }
}

const pythonSigners = new PythonSigners();

/** Ends the process behind the Python signers; they start again when asked. */
export function stopSigners(): void {
  pythonSigners.stop();
}

function pythonSigner(name: string, version: Version): Signer {
  const label = `${name} ${version}`;
  return {
    name: label,
    version,
    isPython: true,
    missing: missingPython,
    sign: (wish) => pythonSigners.sign(label, wish),
  };
}

export const signers: readonly Signer[] = [
  {
    name: 'ali-oss V1',
    version: 'V1',
    isPython: false,
    missing: undefined,
    sign: async (wish) =>
      ali(wish).signatureUrl(wish.key, {
        method: wish.method,
        expires: wish.seconds,
        subResource: { ...wish.query },
        ...wish.headers,
      }),
  },
  {
    name: 'ali-oss V4',
    version: 'V4',
    isPython: false,
    missing: undefined,
    sign: ({ method, seconds, query: queries, headers, ...wish }) =>
      ali({ method, seconds, query: queries, headers, ...wish }).signatureUrlV4(
        method,
        seconds,
        { headers, queries },
        wish.key,
        wish.additionalHeaders,
      ),
  },
  pythonSigner('oss2', 'V1'),
  pythonSigner('oss2', 'V2'),
  pythonSigner('oss2', 'V4'),
  pythonSigner('alibabacloud-oss-v2', 'V1'),
  pythonSigner('alibabacloud-oss-v2', 'V4'),
  {
    name: 'osskeep V1',
    version: 'V1',
    isPython: false,
    missing: undefined,
    sign: (wish) => ours(wish, 'v1'),
  },
  {
    name: 'osskeep V4',
    version: 'V4',
    isPython: false,
    missing: undefined,
    sign: (wish) => ours(wish, 'v4'),
  },
];
