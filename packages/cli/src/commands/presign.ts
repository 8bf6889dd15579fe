// `osskeep presign`: signed URLs with the flags of ossutil 2.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration, parseSeconds, parseUtcTime } from '../arguments/duration.ts';
import { type FilterOptions, hasFilters, nameFilter, withFilters } from '../arguments/filters.ts';
import { collectHeader, collectQuery } from '../arguments/name-value.ts';
import { parseObjectUri, parseOssUri } from '../arguments/oss-uri.ts';
import { attempt, CommandError, UsageError } from '../failures/failures.ts';
import { relativeName } from '../listing/list-objects.ts';
import { type OutputOptions, withOutput } from '../output/output-options.ts';
import {
  type ConnectionOptions,
  clientOf,
  resolveConnection,
  withConnection,
} from '../settings/connection.ts';
import { checkLife, type LinkMethod, type LinkRequest, printSignedLink } from './signed-link.ts';

interface PresignOptions extends ConnectionOptions, FilterOptions, OutputOptions {
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
    .option('-r, --recursive', 'a URL for every object under the prefix');
  withFilters(command, 'keys', 'with -r: ').addHelpText('after', after).action(presign);
  withConnection(withOutput(command));
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
  const isMany = options.recursive === true;
  const { bucket, key: prefix } = isMany ? parseOssUri(address) : parseObjectUri(address);
  if (!isMany && hasFilters(options)) {
    throw new UsageError('--include and --exclude choose among many objects; add -r.');
  }
  if (isMany && options.versionId !== undefined) {
    throw new UsageError('--version-id names one object; drop -r.');
  }
  const request: Omit<LinkRequest, 'signVersion'> = {
    method: options.method,
    seconds: secondsOf(options),
    versionId: options.versionId,
    query: options.queryParam,
    headers: options.header,
    trafficLimit: options.trafficLimit,
    payer: options.requestPayer,
  };
  const connection = await resolveConnection(options, bucket);
  const { signVersion } = connection;
  checkLife({ ...request, signVersion });
  const client = await clientOf(connection, bucket);
  const signed = { ...request, signVersion };
  if (!isMany) return printSignedLink(client, { bucket, key: prefix }, signed, options);
  const isMeant = nameFilter(options);
  let found = false;
  await attempt(`sign what is under ${address}`, async () => {
    for await (const { key } of client.objects({ prefix, maxKeys: 1000 })) {
      if (!isMeant(relativeName(key, prefix))) continue;
      found = true;
      await printSignedLink(client, { bucket, key }, signed, options);
    }
  });
  if (!found) throw new CommandError(`No object matches ${address}; there is nothing to sign.`);
}
