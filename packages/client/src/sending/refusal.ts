// What an answer that is no success says: OSS's own error, from its document or its `x-oss-err` header,
// or that something else than OSS answered (errors reference §1).
import { OssError, parseErrorDocument, parseErrorHeader } from '@osskeep/protocol';
import { boundedBytes } from '../bodies/bounded-bytes.ts';
import { TransportError } from '../errors/errors.ts';
import type { Target } from '../requests/address.ts';
import type { Credentials } from '../signing/credentials.ts';
import type { Deadline } from '../time/deadline.ts';

/** Error documents are small, also with the text that was signed in them; more than this is none. */
const errorBytesMax = 256 * 1024;

export async function refusalOf(
  response: Response,
  method: string,
  target: Target,
  credentials: Credentials,
  deadline: Deadline,
): Promise<OssError | TransportError> {
  const { status, headers } = response;
  const requestId = headers.get('x-oss-request-id')?.slice(0, 64) ?? undefined;
  const error = await readRefusal(response, method, target, deadline);
  if (error === undefined) {
    const text = `The answer ${status} to ${method} holds no error document of OSS.`;
    return new TransportError(text, { problem: 'broken-answer', status, requestId });
  }
  const shown = withoutSecrets(error, credentials);
  shown.requestId ??= requestId;
  return shown;
}

async function readRefusal(
  response: Response,
  method: string,
  target: Target,
  deadline: Deadline,
): Promise<OssError | undefined> {
  const { status } = response;
  const header = response.headers.get('x-oss-err');
  let body: Uint8Array | undefined;
  try {
    body = await boundedBytes(response.body, errorBytesMax, deadline);
  } catch {
    // The status stands; what the body would have said does not arrive.
  }
  const fromHeader = header === null ? undefined : parseErrorHeader(header, status);
  if (fromHeader !== undefined) return fromHeader;
  const isBare = method === 'HEAD' || status === 304 || body?.length === 0;
  if (isBare) return bareRefusal(status, target, response.headers.get('x-oss-ec') ?? undefined);
  return body === undefined ? undefined : parseErrorDocument(body, status);
}

/** An answer without any document: the status alone has to tell. */
function bareRefusal(status: number, target: Target, ec: string | undefined): OssError | undefined {
  const row = bareCases.get(status);
  if (row === undefined) return undefined;
  const isBucketMissing = status === 404 && target.key === undefined;
  const [code, message] = isBucketMissing
    ? (['NoSuchBucket', 'The specified bucket does not exist.'] as const)
    : row;
  return new OssError({ code, status, message, ec });
}

const bareCases: ReadonlyMap<number, readonly [code: string, message: string]> = new Map([
  [304, ['NotModified', 'The object has not changed.']],
  [403, ['AccessDenied', 'The service refuses access without saying why.']],
  [404, ['NoSuchKey', 'The specified key does not exist.']],
  [412, ['PreconditionFailed', 'At least one of the conditions does not hold.']],
]);

/**
 * A server may echo what it was sent: the text that was signed holds the security token. An error ends
 * up in logs, so neither stands in it.
 */
function withoutSecrets(error: OssError, credentials: Credentials): OssError {
  const { accessKeySecret, securityToken } = credentials;
  const secrets = [accessKeySecret, securityToken].filter((text) => text !== undefined);
  const holds = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  const texts = [error.code, error.message, ...Object.values(error.details)];
  if (!texts.some(holds)) return error;
  const hide = (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, '(hidden)'), text);
  const details = Object.entries(error.details).filter(([name]) => name !== 'StringToSignBytes');
  const shown = new OssError({
    code: hide(error.code),
    status: error.status,
    message: hide(error.message),
    ec: error.ec,
    details: Object.fromEntries(details.map(([name, value]) => [name, hide(value)])),
  });
  shown.requestId = error.requestId;
  shown.hostId = error.hostId;
  return shown;
}
