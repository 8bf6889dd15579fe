// Makes signed URLs (signing reference §2, §3).
import {
  formatIsoBasic,
  formatQuery,
  presignV1,
  presignV4,
  type SignableRequest,
  tokenExpiresSecondsMax,
  v4ExpiresSecondsMax,
  wireText,
} from '@osskeep/protocol';
import { ClientError } from '../errors/errors.ts';
import { type Addresses, isLostInUrls, type Target } from '../requests/address.ts';
import { checkHeaderName, checkQueryName } from '../requests/call-options.ts';
import { type Credentials, expiryMs } from './credentials.ts';
import type { SigningTools } from './sign-request.ts';

export type PresignMethod = 'GET' | 'PUT' | 'HEAD' | 'POST' | 'DELETE';

/** What headers of the answer shall say instead of what the object says. */
export interface ResponseHeaders {
  readonly contentType?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly contentEncoding?: string | undefined;
  /** `attachment; filename="photo.jpg"` makes browsers save the object. */
  readonly contentDisposition?: string | undefined;
  readonly cacheControl?: string | undefined;
  readonly expires?: string | undefined;
}

export interface PresignOptions {
  /** The client's bucket when absent. */
  readonly bucket?: string | undefined;
  /** Seconds; 900 when neither this nor `expiresAt` is given. V4: 1 to 604,800. */
  readonly expires?: number | undefined;
  /** The moment of the end, a Date or ms since the epoch; whole seconds count. */
  readonly expiresAt?: Date | number | undefined;
  /** One version of the object. */
  readonly versionId?: string | undefined;
  /** The user of the URL must send exactly this. */
  readonly contentType?: string | undefined;
  /** Base64 of the body's MD5; the user of the URL must send exactly this. */
  readonly contentMd5?: string | undefined;
  /** Further headers the user of the URL must send; `x-oss-*` are signed. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Names, of `headers` or `host`, that are signed besides. V4 only. */
  readonly additionalHeaders?: readonly string[] | undefined;
  /** Further query parameters, e.g. `uploadId`. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly response?: ResponseHeaders | undefined;
  /** Processing of the object: `image/resize,w_200`. */
  readonly process?: string | undefined;
  /** Bits a second of one connection, 819,200 to 838,860,800. */
  readonly trafficLimit?: number | undefined;
  /** The client's when absent. */
  readonly signatureVersion?: 'v4' | 'v1' | undefined;
}

export interface SignedUrl {
  readonly url: string;
  readonly method: PresignMethod;
  /** What the user of the URL must send, unchanged; names in lower case, values as Unicode text. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the URL stops working. */
  readonly expiresAt: Date;
  /** Present when that is earlier than asked for: the security token ends it first. */
  readonly limitedBy?: 'security-token';
}

export interface PresignTools extends SigningTools {
  readonly addresses: Addresses;
}

const expiresSecondsDefault = 900;

const methods: ReadonlySet<string> = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE']);

const responseNames = {
  contentType: 'response-content-type',
  contentLanguage: 'response-content-language',
  contentEncoding: 'response-content-encoding',
  contentDisposition: 'response-content-disposition',
  cacheControl: 'response-cache-control',
  expires: 'response-expires',
} as const satisfies Record<keyof ResponseHeaders, string>;

export function presign(
  method: PresignMethod,
  target: Target,
  options: PresignOptions,
  credentials: Credentials,
  nowMs: number,
  tools: PresignTools,
): SignedUrl {
  const version = options.signatureVersion ?? tools.version;
  if (!methods.has(method)) {
    throw new ClientError('argument', `A URL cannot be signed for the method ${method}.`);
  }
  const { bucket, key } = target;
  checkKey(key, version);
  // Also refuses buckets and keys that are none, before they are signed.
  const address = tools.addresses.url(target);
  const startMs = Math.floor(nowMs / 1000) * 1000;
  const seconds = lifetimeSeconds(options, startMs, version);
  const endMs = startMs + seconds * 1000;
  const limitMs = tokenEndMs(credentials, version, startMs);
  const headers = neededHeaders(options);
  const query = ownQuery(options);
  const signed = sign(
    { method, bucket, key, query, headers: Object.entries(headers) },
    { version, startMs, endMs, additionalHeaders: options.additionalHeaders },
    credentials,
    tools,
  );
  const isLimited = limitMs !== undefined && limitMs < endMs;
  const url = `${address}?${signed}`;
  const expiresAt = new Date(isLimited ? limitMs : endMs);
  if (!isLimited) return { url, method, headers, expiresAt };
  return { url, method, headers, expiresAt, limitedBy: 'security-token' };
}

interface SigningWish {
  readonly version: 'v4' | 'v1';
  readonly startMs: number;
  readonly endMs: number;
  readonly additionalHeaders: readonly string[] | undefined;
}

/** The whole query. */
function sign(
  request: SignableRequest,
  { version, startMs, endMs, additionalHeaders }: SigningWish,
  { accessKeyId, accessKeySecret, securityToken }: Credentials,
  { addresses, region, product, keys, hashes }: PresignTools,
): string {
  if (version === 'v1') {
    if (additionalHeaders !== undefined && additionalHeaders.length > 0) {
      throw new ClientError('argument', 'V1 has no additional headers: sign this URL with V4.');
    }
    const lifetime = { expires: endMs / 1000, securityToken };
    const signer = { accessKeyId, accessKeySecret };
    const { query } = presignV1(request, lifetime, signer, hashes);
    return formatQuery([...request.query, ...query]);
  }
  const signer = { accessKeyId, accessKeySecret, region, product, additionalHeaders, keys };
  const lifetime = {
    date: formatIsoBasic(startMs),
    expires: (endMs - startMs) / 1000,
    securityToken,
  };
  let { headers } = request;
  for (const given of additionalHeaders ?? []) {
    const name = given.trim().toLowerCase();
    if (name === 'host') {
      // Every HTTP client sends it by itself, so it is signed but not among what must be sent.
      headers = [...headers, ['host', addresses.hostOf(request)]];
    } else if (!headers.some(([present]) => present === name)) {
      throw new ClientError(
        'argument',
        `${JSON.stringify(given)} shall be signed, but headers has no such name.`,
      );
    }
  }
  const whole = headers === request.headers ? request : { ...request, headers };
  return presignV4(whole, lifetime, signer, hashes).queryText;
}

function checkKey(key: string | undefined, version: 'v4' | 'v1'): void {
  if (key === undefined) return;
  if (isLostInUrls(key)) {
    throw new ClientError(
      'key',
      `No URL can name the key "${key}": browsers and HTTP clients resolve such paths.`,
    );
  }
  // Choices row 7.
  if (version === 'v1' && key.includes('?')) {
    throw new ClientError(
      'key',
      'V1 signs the key a?acl like the sub-resource acl of the key a: sign this key with V4.',
    );
  }
}

function lifetimeSeconds(
  { expires, expiresAt }: PresignOptions,
  startMs: number,
  version: 'v4' | 'v1',
): number {
  if (expires !== undefined && expiresAt !== undefined) {
    throw new ClientError('lifetime', 'Give expires or expiresAt, not both.');
  }
  const seconds =
    expiresAt === undefined
      ? (expires ?? expiresSecondsDefault)
      : Math.floor((Number(expiresAt) - startMs) / 1000);
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new ClientError(
      'lifetime',
      `A URL lives a whole number of seconds, at least 1; ${seconds} was asked for.`,
    );
  }
  if (version === 'v1') {
    if (startMs + seconds * 1000 > lastMs) {
      throw new ClientError('lifetime', `${seconds} seconds end after the year 9999.`);
    }
    return seconds;
  }
  if (seconds > v4ExpiresSecondsMax) {
    throw new ClientError(
      'lifetime',
      `A V4 signed URL lives 7 days (${v4ExpiresSecondsMax} seconds) at most; ` +
        `${seconds} were asked for.`,
    );
  }
  return seconds;
}

/** The last second of the year 9999: dates beyond it have another form. */
const lastMs = 253_402_300_799_000;

/** When the token ends the URL, whatever its lifetime: its own end, and 12 hours in V4 (signing reference §2.2). */
function tokenEndMs(
  credentials: Credentials,
  version: 'v4' | 'v1',
  startMs: number,
): number | undefined {
  const endMs = expiryMs(credentials);
  if (endMs !== undefined && endMs < startMs + 1000) {
    throw new ClientError('credentials', 'The credentials have ended; a URL of theirs is dead.');
  }
  if (credentials.securityToken === undefined || version === 'v1') return endMs;
  return Math.min(endMs ?? Number.POSITIVE_INFINITY, startMs + tokenExpiresSecondsMax * 1000);
}

function neededHeaders(options: PresignOptions): Record<string, string> {
  const { headers: given, contentType, contentMd5 } = options;
  if (given === undefined && contentType === undefined && contentMd5 === undefined) return {};
  const headers = new Map<string, string>();
  const add = (name: string, value: string): void => {
    const lower = checkHeaderName(name);
    if (headers.has(lower)) {
      throw new ClientError('argument', `The header ${lower} is given twice.`);
    }
    // Throws for what no header can carry.
    wireText(value);
    headers.set(lower, value);
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) add(name, value);
  if (options.contentType !== undefined) add('content-type', options.contentType);
  if (options.contentMd5 !== undefined) add('content-md5', options.contentMd5);
  return Object.fromEntries(headers);
}

function ownQuery(options: PresignOptions): [string, string | undefined][] {
  const { query: given, versionId, process, trafficLimit, response } = options;
  if ((given ?? versionId ?? process ?? trafficLimit ?? response) === undefined) return [];
  const query = new Map<string, string>();
  const add = (name: string, value: string | undefined): void => {
    if (value === undefined) return;
    if (query.has(name)) throw new ClientError('argument', `The parameter ${name} is given twice.`);
    if (!name.isWellFormed() || !value.isWellFormed()) {
      throw new ClientError('argument', 'A query holds halves of surrogate pairs. Remove them.');
    }
    query.set(checkQueryName(name), value);
  };
  for (const [name, value] of Object.entries(given ?? {})) add(name, value);
  add('versionId', versionId);
  add('x-oss-process', process);
  if (trafficLimit !== undefined) add('x-oss-traffic-limit', String(trafficLimit));
  if (response !== undefined) {
    for (const [property, name] of Object.entries(responseNames)) {
      add(name, response[property as keyof ResponseHeaders]);
    }
  }
  // A name without a value travels bare: `?acl`, not `?acl=`, which some servers sign otherwise.
  return [...query].map(([name, value]) => [name, value === '' ? undefined : value]);
}
