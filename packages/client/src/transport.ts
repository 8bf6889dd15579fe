// Sends one signed request and reads the head of its answer. Redirects are never followed: a signature
// or a token must not travel to another host.
import {
  encodeComponent,
  formatImfDate,
  formatIsoBasic,
  type Hashes,
  headerText,
  type Message,
  OssError,
  parseErrorDocument,
  parseErrorHeader,
  type SigningKeyCache,
  signV1,
  signV4,
  unsignedPayload,
  wireText,
} from '@osskeep/protocol';
import type { Addresses, Target } from './address.ts';
import type { PreparedBody } from './body.ts';
import type { Credentials } from './credentials.ts';
import { ClientError, TransportError } from './errors.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface TransportTools {
  readonly addresses: Addresses;
  readonly region: string;
  readonly product: string | undefined;
  readonly version: 'v4' | 'v1';
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
  readonly fetch: Fetch;
}

/** Error documents are small; more than this is not one. */
const errorBytesMax = 64 * 1024;

/** The URL parser of every fetch resolves these segments, so such keys would reach another object. */
const dotSegment = /(^|\/)\.{1,2}(\/|$)/;

export async function send(
  method: string,
  target: Target,
  message: Message,
  body: PreparedBody,
  credentials: Credentials,
  nowMs: number,
  signal: AbortSignal | undefined,
  tools: TransportTools,
): Promise<Response> {
  if (target.key !== undefined && dotSegment.test(target.key)) {
    throw new ClientError(
      `fetch cannot send the key "${target.key}": it resolves the segments "." and "..". ` +
        'Use presign and a client that sends paths as they are (curl --path-as-is).',
    );
  }
  const headers = signedRequestHeaders(method, target, message, credentials, nowMs, tools);
  const query = [...message.query].map(([name, value]) =>
    value === '' ? encodeComponent(name) : `${encodeComponent(name)}=${encodeComponent(value)}`,
  );
  const url = tools.addresses.url(target) + (query.length === 0 ? '' : `?${query.join('&')}`);
  const init: RequestInit & { duplex?: 'half' } = {
    method,
    headers: headers.map(([name, value]) => [name, wireText(value)]),
    redirect: 'manual',
    ...(signal === undefined ? {} : { signal }),
    ...(body.send === undefined ? {} : { body: body.send as BodyInit }),
    ...(body.send instanceof ReadableStream ? { duplex: 'half' as const } : {}),
  };
  let response: Response;
  try {
    response = await tools.fetch(url, init);
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason;
    throw new TransportError(`No answer came from ${new URL(url).host}.`, { cause });
  }
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    if (response.status !== 304) {
      await response.body?.cancel();
      throw new TransportError('The service answered with a redirect, which is not followed.');
    }
  }
  return response;
}

function signedRequestHeaders(
  method: string,
  target: Target,
  message: Message,
  credentials: Credentials,
  nowMs: number,
  tools: TransportTools,
): [string, string][] {
  const headers: [string, string][] = [...message.headers].filter(
    ([name]) => name !== 'content-length',
  );
  const isV4 = tools.version === 'v4';
  headers.push(['x-oss-date', isV4 ? formatIsoBasic(nowMs) : formatImfDate(nowMs)]);
  if (isV4) headers.push(['x-oss-content-sha256', unsignedPayload]);
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  if (securityToken !== undefined) headers.push(['x-oss-security-token', securityToken]);
  const request = { method, ...target, query: [...message.query], headers };
  const { region, product, keys, hashes } = tools;
  const { authorization } = isV4
    ? signV4(request, { accessKeyId, accessKeySecret, region, product, keys }, hashes)
    : signV1(request, { accessKeyId, accessKeySecret }, hashes);
  headers.push(['authorization', authorization]);
  return headers;
}

/** The refusal in an answer, from its document, its header, or its bare status. */
export async function refusalOf(response: Response): Promise<OssError> {
  const { status } = response;
  const header = response.headers.get('x-oss-err');
  const fromHeader = header === null ? undefined : parseErrorHeader(header, status);
  const parsed = fromHeader ?? parseErrorDocument(await boundedBytes(response), status);
  const error =
    parsed ??
    new OssError({
      code: bareCodes.get(status) ?? 'BadErrorResponse',
      status,
      message: `The service answered ${status} without an error document.`,
    });
  error.requestId ??= response.headers.get('x-oss-request-id') ?? undefined;
  return error;
}

const bareCodes: ReadonlyMap<number, string> = new Map([
  [304, 'NotModified'],
  [404, 'NoSuchKey'],
  [412, 'PreconditionFailed'],
]);

async function boundedBytes(response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const chunks: number[] = [];
  try {
    while (chunks.length < errorBytesMax) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const byte of value) chunks.push(byte);
    }
  } catch {
    // The status stands; what the body would have said does not arrive.
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return Uint8Array.from(chunks.slice(0, errorBytesMax));
}

/** An answer's head as the operations' codecs read it. */
export function responseMessage(response: Response): Message {
  const headers = new Map<string, string>();
  response.headers.forEach((value, name) => {
    headers.set(name, headerText(value));
  });
  return { status: response.status, query: new Map(), headers, body: undefined };
}
