// Makes and prints one signed URL: what `presign` and `sign` share.
import type { OssClient } from '@osskeep/client';
import { v4SecondsMax } from '../arguments/duration.ts';
import type { OssUri } from '../arguments/oss-uri.ts';
import { attempt, UsageError } from '../failures/failures.ts';
import { isJson, type OutputOptions, tell } from '../output/output-options.ts';
import { isoTime } from '../output/time.ts';

export type LinkMethod = 'GET' | 'PUT' | 'HEAD' | 'DELETE' | 'POST';

export interface LinkRequest {
  readonly method: LinkMethod;
  readonly seconds: number;
  readonly signVersion: 'v1' | 'v4';
  readonly versionId?: string | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly trafficLimit?: number | undefined;
  readonly payer?: string | undefined;
}

/** Said here, by the command's own words, before anything is loaded or sent. */
export function checkLife(request: LinkRequest): void {
  if (request.signVersion === 'v4' && request.seconds > v4SecondsMax) {
    throw new UsageError(
      `A V4 signed URL lives 7 days (${v4SecondsMax} seconds) at most; ` +
        `${request.seconds} seconds were asked for.`,
    );
  }
}

function queryOf(request: LinkRequest): Record<string, string> {
  return {
    ...request.query,
    ...(request.trafficLimit === undefined
      ? {}
      : { 'x-oss-traffic-limit': String(request.trafficLimit) }),
    ...(request.payer === undefined ? {} : { 'x-oss-request-payer': request.payer }),
  };
}

/** Headers that a V4 signature covers only when they are named. */
function furtherNames(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers).filter(
    (name) => !name.startsWith('x-oss-') && name !== 'content-type' && name !== 'content-md5',
  );
}

/**
 * Prints the URL alone on stdout, so that `$(osskeep presign …)` is the URL; headers that the
 * signature makes necessary go to stderr.
 */
export async function printSignedLink(
  client: OssClient,
  { bucket, key }: OssUri,
  request: LinkRequest,
  options: OutputOptions,
): Promise<void> {
  const link = await attempt('sign the URL', () =>
    client.presign(request.method, key, {
      expires: request.seconds,
      query: queryOf(request),
      ...(request.versionId === undefined ? {} : { versionId: request.versionId }),
      ...(request.headers === undefined
        ? {}
        : { headers: request.headers, additionalHeaders: furtherNames(request.headers) }),
    }),
  );
  const { url, method, headers, expiresAt } = link;
  const json = {
    kind: 'signedUrl',
    bucket,
    key,
    url,
    method,
    headers,
    expiresAt: isoTime(+expiresAt),
  };
  await tell(options, json, `${url}\n`);
  const needed = Object.entries(headers);
  if (needed.length > 0 && !isJson(options)) {
    const lines = needed.map(([name, value]) => `  ${name}: ${value}\n`);
    process.stderr.write(`The request must carry:\n${lines.join('')}`);
  }
}
