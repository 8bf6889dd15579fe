// `osskeep presign`: signed URLs with the flags of ossutil 2.
import type { OssClient } from '@osskeep/client';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ConnectionOptions, connect, withConnection } from '../connection.ts';
import { parseDuration, parseSeconds, parseUtcTime } from '../duration.ts';
import { attempt, CommandError, UsageError } from '../failures.ts';
import { matchesPattern } from '../match-pattern.ts';
import { collectHeader, collectQuery } from '../name-value.ts';
import { parseObjectUri, parseOssUri } from '../oss-uri.ts';
import { checkLife, type LinkMethod, type LinkRequest, printSignedLink } from '../signed-link.ts';

interface PresignOptions extends ConnectionOptions {
  readonly expiresDuration?: number;
  readonly expiresDate?: number;
  readonly timeout?: number;
  readonly versionId?: string;
  readonly queryParam?: Record<string, string>;
  readonly header?: Record<string, string>;
  readonly method: LinkMethod;
  readonly trafficLimit?: number;
  readonly requestPayer?: string;
  readonly recursive?: boolean;
  readonly include?: string;
  readonly exclude?: string;
}

const defaultSeconds = 15 * 60;

const after = `
Examples:
  osskeep presign oss://examplebucket/example.txt
  osskeep presign oss://examplebucket/example.txt --expires-duration 1h
  osskeep presign oss://examplebucket/example.txt --expires-date 2026-12-31T12:00:00
  osskeep presign oss://examplebucket/example.txt --version-id 123
  osskeep presign oss://examplebucket/example.txt \\
    --query-param response-content-disposition=attachment
  osskeep presign oss://examplebucket/new.txt --method PUT --header "Content-Type: text/plain"
  osskeep presign oss://examplebucket/folder/ -r --include "*.txt"
`;

/** Range of `x-oss-traffic-limit`, in bits a second. */
export function parseTrafficLimit(text: string): number {
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 819_200 || limit > 838_860_800) {
    throw new InvalidArgumentError('Write bits a second, 819200 to 838860800.');
  }
  return limit;
}

export function addPresignCommand(program: Command): void {
  const command = program
    .command('presign')
    .summary('make a signed URL')
    .description('Makes a signed URL: who has it can fetch the object until it expires.')
    .argument('<address>', 'oss://bucket/key, or oss://bucket/prefix with -r')
    .addOption(
      new Option('--expires-duration <time>', 'life of the URL, 1s to 1w (default: 15m)').argParser(
        parseDuration,
      ),
    )
    .addOption(
      new Option('--expires-date <time>', 'when it expires, in UTC: 2026-12-31T12:00:00')
        .argParser(parseUtcTime)
        .conflicts('expiresDuration'),
    )
    .addOption(
      new Option('--timeout <seconds>', 'life in seconds, as in ossutil 1')
        .argParser(parseSeconds)
        .conflicts(['expiresDuration', 'expiresDate']),
    )
    .option('--version-id <id>', 'one version of the object')
    .option(
      '--query-param <name=value>',
      'further query parameter, signed; repeatable',
      collectQuery,
    )
    .option('--header <name:value>', 'header the request will carry; repeatable', collectHeader)
    .addOption(
      new Option('--method <method>', 'method the URL is for')
        .choices(['GET', 'PUT', 'HEAD', 'DELETE'])
        .default('GET'),
    )
    .option('--traffic-limit <bits>', 'bits a second of one connection', parseTrafficLimit)
    .addOption(new Option('--request-payer <who>', 'who pays').choices(['requester']))
    .option('-r, --recursive', 'a URL for every object under the prefix')
    .option('--include <pattern>', 'with -r: only keys that match, * and ? allowed')
    .option('--exclude <pattern>', 'with -r: no keys that match')
    .addHelpText('after', after)
    .action(presign);
  withConnection(command);
}

function secondsOf(options: PresignOptions): number {
  if (options.expiresDate === undefined) {
    return options.expiresDuration ?? options.timeout ?? defaultSeconds;
  }
  const seconds = Math.floor((options.expiresDate - Date.now()) / 1000);
  if (seconds < 1) {
    const date = new Date(options.expiresDate).toISOString();
    throw new UsageError(`--expires-date ${date} has passed; choose a time to come.`);
  }
  return seconds;
}

async function presign(address: string, options: PresignOptions): Promise<void> {
  const request: LinkRequest = {
    method: options.method,
    seconds: secondsOf(options),
    signVersion: options.signVersion,
    versionId: options.versionId,
    query: options.queryParam,
    headers: options.header,
    trafficLimit: options.trafficLimit,
    payer: options.requestPayer,
  };
  checkLife(request);
  if (options.recursive !== true) {
    if (options.include !== undefined || options.exclude !== undefined) {
      throw new UsageError('--include and --exclude choose among many objects; add -r.');
    }
    const { bucket, key } = parseObjectUri(address);
    return printSignedLink(await connect(options, bucket), key, request);
  }
  if (options.versionId !== undefined)
    throw new UsageError('--version-id names one object; drop -r.');
  const { bucket, key: prefix } = parseOssUri(address);
  const client = await connect(options, bucket);
  let found = false;
  for await (const key of listKeys(client, prefix)) {
    const name = key.slice(prefix.lastIndexOf('/') + 1);
    if (options.include !== undefined && !matchesPattern(name, options.include)) continue;
    if (options.exclude !== undefined && matchesPattern(name, options.exclude)) continue;
    found = true;
    await printSignedLink(client, key, request);
  }
  if (!found) throw new CommandError(`No object matches ${address}; there is nothing to sign.`);
}

async function* listKeys(client: OssClient, prefix: string): AsyncGenerator<string> {
  let continuationToken: string | undefined;
  do {
    const page = await attempt('list the objects', () =>
      client.listObjectsV2({
        prefix,
        ...(continuationToken === undefined ? {} : { continuationToken }),
      }),
    );
    for (const entry of page.contents) yield entry.key;
    const next = page.isTruncated ? page.nextContinuationToken : undefined;
    // A token that repeats would list for ever.
    if (next !== undefined && next === continuationToken) {
      throw new CommandError('The server repeats one page of the list; it cannot be finished.');
    }
    continuationToken = next;
  } while (continuationToken !== undefined);
}
