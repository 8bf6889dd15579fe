// Makes signed URLs (signing reference §2, §3).
import {
  encodeComponent,
  formatIsoBasic,
  type Hashes,
  presignV1,
  presignV4,
  type ResponseOverrides,
  type SignableRequest,
  type SigningKeyCache,
  tokenExpiresSecondsMax,
  v4ExpiresSecondsMax,
} from '@osskeep/protocol';
import type { Addresses, Target } from './address.ts';
import { type Credentials, expiryMs } from './credentials.ts';
import { ClientError } from './errors.ts';

export type PresignMethod = 'GET' | 'PUT' | 'HEAD' | 'POST' | 'DELETE';

export interface PresignOptions {
  /** The client's bucket when absent. */
  readonly bucket?: string | undefined;
  /** Seconds; 900 when neither this nor `expiresAt` is given. V4: 1 to 604,800. */
  readonly expires?: number | undefined;
  /** The moment of the end; whole seconds count. */
  readonly expiresAt?: Date | undefined;
  /** One version of the object. */
  readonly versionId?: string | undefined;
  /** The user of the URL must send exactly this. */
  readonly contentType?: string | undefined;
  /** Base64 of the body's MD5; the user of the URL must send exactly this. */
  readonly contentMd5?: string | undefined;
  /** Further headers the user of the URL must send. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Names among `headers` that are signed besides `x-oss-*`, Content-Type and Content-MD5. */
  readonly additionalHeaders?: readonly string[] | undefined;
  /** Further query parameters, e.g. `uploadId`. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** What the answer's headers shall say, `{ responseContentDisposition: 'attachment' }`. */
  readonly response?: ResponseOverrides | undefined;
}

export interface SignedUrl {
  readonly url: string;
  readonly method: PresignMethod;
  /** What the user of the URL must send, unchanged. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the URL stops working. */
  readonly expiresAt: Date;
  /** The lifetime asked for is longer than the security token's: the token's end counts. */
  readonly limitedBy?: 'security-token';
}

export interface PresignTools {
  readonly addresses: Addresses;
  readonly region: string;
  readonly product: string | undefined;
  readonly version: 'v4' | 'v1';
  readonly hashes: Hashes;
  readonly keys: SigningKeyCache;
}

const expiresDefault = 900;

const overrideNames = {
  responseContentType: 'response-content-type',
  responseContentLanguage: 'response-content-language',
  responseExpires: 'response-expires',
  responseCacheControl: 'response-cache-control',
  responseContentDisposition: 'response-content-disposition',
  responseContentEncoding: 'response-content-encoding',
} as const satisfies Record<keyof ResponseOverrides, string>;

export function presign(
  method: PresignMethod,
  target: Target,
  options: PresignOptions,
  credentials: Credentials,
  nowMs: number,
  tools: PresignTools,
): SignedUrl {
  const startMs = Math.floor(nowMs / 1000) * 1000;
  const seconds = lifetime(options, startMs, tools.version, credentials);
  const headers = signedHeaders(options);
  const request: SignableRequest = {
    method,
    ...target,
    query: ownQuery(options),
    headers: Object.entries(headers),
  };
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const signer = {
    accessKeyId,
    accessKeySecret,
    region: tools.region,
    product: tools.product,
    additionalHeaders: options.additionalHeaders,
    keys: tools.keys,
  };
  const endMs = startMs + seconds * 1000;
  if (tools.version === 'v1' && target.key?.includes('?') === true) {
    throw new ClientError(
      'V1 signs the key a?acl like the sub-resource acl of the key a: sign this key with V4.',
    );
  }
  const signed =
    tools.version === 'v4'
      ? presignV4(
          request,
          { date: formatIsoBasic(startMs), expires: seconds, securityToken },
          signer,
          tools.hashes,
        )
      : presignV1(request, { expires: endMs / 1000, securityToken }, signer, tools.hashes);
  const query = [...request.query, ...signed.query].map(([name, value]) =>
    value === undefined || value === ''
      ? encodeComponent(name)
      : `${encodeComponent(name)}=${encodeComponent(value)}`,
  );
  const tokenEnd = securityToken === undefined ? undefined : expiryMs(credentials);
  const isLimited = tokenEnd !== undefined && tokenEnd < endMs;
  return {
    url: `${tools.addresses.url(target)}?${query.join('&')}`,
    method,
    headers,
    expiresAt: new Date(isLimited ? tokenEnd : endMs),
    ...(isLimited ? { limitedBy: 'security-token' as const } : {}),
  };
}

function lifetime(
  options: PresignOptions,
  startMs: number,
  version: 'v4' | 'v1',
  credentials: Credentials,
): number {
  const { expires, expiresAt } = options;
  if (expires !== undefined && expiresAt !== undefined) {
    throw new ClientError('Give expires or expiresAt, not both.');
  }
  const seconds =
    expiresAt === undefined
      ? (expires ?? expiresDefault)
      : Math.floor((expiresAt.getTime() - startMs) / 1000);
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new ClientError(`A URL lives at least 1 whole second; ${seconds} was asked for.`);
  }
  if (version === 'v4' && seconds > v4ExpiresSecondsMax) {
    throw new ClientError(
      `A V4 signed URL lives at most ${v4ExpiresSecondsMax} seconds (7 days); ` +
        `${seconds} were asked for.`,
    );
  }
  if (version === 'v4' && credentials.securityToken !== undefined) {
    if (seconds > tokenExpiresSecondsMax) {
      throw new ClientError(
        `A V4 signed URL with a security token lives at most ${tokenExpiresSecondsMax} seconds ` +
          `(12 hours); ${seconds} were asked for.`,
      );
    }
  }
  return seconds;
}

function signedHeaders(options: PresignOptions): Record<string, string> {
  const headers: Record<string, string> = { ...options.headers };
  if (options.contentType !== undefined) headers['Content-Type'] = options.contentType;
  if (options.contentMd5 !== undefined) headers['Content-MD5'] = options.contentMd5;
  return headers;
}

function ownQuery(options: PresignOptions): [string, string][] {
  const query = Object.entries(options.query ?? {});
  if (options.versionId !== undefined) query.push(['versionId', options.versionId]);
  for (const [property, name] of Object.entries(overrideNames)) {
    const value = options.response?.[property as keyof ResponseOverrides];
    if (value !== undefined) query.push([name, value]);
  }
  return query;
}
