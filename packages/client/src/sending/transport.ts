// Hands one signed request to fetch. Redirects are never followed: a signature or a token must not
// travel to another host.
import { formatQuery, type Message, wireText } from '@osskeep/protocol';
import type { OpenBody, PreparedBody } from '../bodies/body.ts';
import { ClientError, TransportError } from '../errors/errors.ts';
import { type Addresses, isLostInUrls, type Target } from '../requests/address.ts';
import type { Fetch, FetchInit } from '../requests/fetch.ts';
import type { Deadline } from '../time/deadline.ts';

interface SignedRequest {
  readonly method: string;
  readonly target: Target;
  readonly query: Message['query'];
  /** Unicode text; the signature is among them. */
  readonly headers: readonly (readonly [string, string])[];
  readonly prepared: PreparedBody;
  readonly body: OpenBody;
}

export async function send(
  request: SignedRequest,
  addresses: Addresses,
  transport: Fetch,
  deadline: Deadline,
): Promise<Response> {
  const { method, target, prepared, body } = request;
  if (target.key !== undefined && isLostInUrls(target.key) && transport.isRaw !== true) {
    throw new ClientError(
      'key',
      `fetch cannot send the key "${target.key}", because it resolves such paths. In Node, give ` +
        'the client `fetch: nodeFetch` of @osskeep/client/node.',
    );
  }
  const { signal } = deadline;
  const init: FetchInit = {
    method,
    headers: wireHeaders(request),
    redirect: 'manual',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal,
    ...(body.send === undefined ? {} : { body: body.send as BodyInit }),
    ...(prepared.isStream ? { duplex: 'half' as const } : {}),
  };
  // A name without a value travels bare, as it is signed.
  const query = formatQuery([...request.query].map(([name, text]) => [name, text || undefined]));
  const url = addresses.url(target) + (query === '' ? '' : `?${query}`);
  let response: Response;
  deadline.wait(prepared.isStream ? 0 : prepared.length);
  try {
    response = await transport(url, init);
  } catch (cause) {
    const failure = body.failure();
    if (failure !== undefined) throw failure.error;
    if (signal.aborted) throw signal.reason;
    const host = addresses.hostOf(target);
    throw new TransportError(`No answer came from ${host}.`, { cause });
  } finally {
    deadline.pause();
  }
  await refuseRedirect(response);
  return response;
}

function wireHeaders({ headers, prepared, body }: SignedRequest): [string, string][] {
  const wire: [string, string][] = [];
  for (const [name, value] of headers) {
    // fetch counts bytes at hand by itself; of a stream it must be told.
    if (name !== 'content-length') wire.push([name, wireText(value)]);
  }
  if (prepared.isStream && prepared.length !== undefined && body.send !== undefined) {
    wire.push(['content-length', String(prepared.length)]);
  }
  // Lengths and checksums are those of the stored bytes.
  wire.push(['accept-encoding', 'identity']);
  return wire;
}

async function refuseRedirect(response: Response): Promise<void> {
  const { status } = response;
  const isRedirect = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
  if (!isRedirect || status === 304) return;
  await response.body?.cancel().catch(() => undefined);
  throw new TransportError('The service answered with a redirect, which is not followed.', {
    problem: 'redirect',
    status: status === 0 ? undefined : status,
  });
}
