// What every call takes besides its input.
import type { Message } from '@osskeep/protocol';
import { ClientError } from '../errors/errors.ts';
import type { Fetch } from './fetch.ts';

export interface CallOptions {
  /** The client's bucket when absent. */
  readonly bucket?: string | undefined;
  /** Ends the call, and a download that runs, with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** The client's when absent. */
  readonly timeoutMs?: number | undefined;
  /** Further headers, e.g. `x-oss-request-payer`; `x-oss-*` are signed. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Further query parameters. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** The client's when absent. */
  readonly fetch?: Fetch | undefined;
}

/** Parts a call's options from the operation's own input, where both are given in one object. */
export function splitOptions<Given extends CallOptions>(
  given: Given,
): { options: CallOptions; input: Omit<Given, keyof CallOptions> } {
  const { bucket, signal, timeoutMs, headers, query, fetch, ...input } = given;
  return { options: { bucket, signal, timeoutMs, headers, query, fetch }, input };
}

/** What the client itself writes; a second value would break the signature or the framing. */
const ownHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'date',
  'host',
  'transfer-encoding',
  'x-oss-content-sha256',
  'x-oss-date',
  'x-oss-security-token',
]);

const ownQuery =
  /^(?:x-oss-(?:signature|signature-version|credential|date|expires|additional-headers|security-token|access-key-id)|OSSAccessKeyId|Expires|Signature|security-token)$/;

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export function checkHeaderName(name: string): string {
  const lower = name.toLowerCase();
  if (!token.test(name)) {
    throw new ClientError('argument', `${JSON.stringify(name)} is no name of a header.`);
  }
  if (ownHeaders.has(lower)) {
    throw new ClientError('argument', `The header ${lower} is written by the client itself.`);
  }
  return lower;
}

export function checkQueryName(name: string): string {
  if (ownQuery.test(name)) {
    throw new ClientError('argument', `The parameter ${name} is part of the signature itself.`);
  }
  return name;
}

/** Adds the further headers and parameters; they win over the input's own. */
export function addExtras(message: Message, options: CallOptions): void {
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    const lower = checkHeaderName(name);
    if (lower === 'content-length') {
      throw new ClientError('argument', 'The length of a body is given as contentLength.');
    }
    message.headers.set(lower, value);
  }
  for (const [name, value] of Object.entries(options.query ?? {})) {
    message.query.set(checkQueryName(name), value);
  }
}
