// `osskeep sign`: the same as `presign`, with the flags of ossutil 1.
import { type Command, Option } from 'commander';
import { parseSeconds } from '../arguments/duration.ts';
import { collectQuery } from '../arguments/name-value.ts';
import { parseObjectUri } from '../arguments/oss-uri.ts';
import { type OutputOptions, withOutput } from '../output/output-options.ts';
import {
  type ConnectionOptions,
  clientOf,
  resolveConnection,
  withConnection,
} from '../settings/connection.ts';
import { parseTrafficLimit } from './presign.ts';
import { checkLife, type LinkRequest, printSignedLink } from './signed-link.ts';

interface SignOptions extends ConnectionOptions, OutputOptions {
  readonly timeout: number;
  readonly versionId?: string;
  readonly traficLimit?: number;
  readonly payer?: string;
  readonly queryParam?: Record<string, string>;
}

const after = `
Examples:
  osskeep sign oss://examplebucket/example.txt --timeout 3600
  osskeep sign oss://examplebucket/example.txt --sign-version v1
`;

export function addSignCommand(program: Command): void {
  const command = program
    .command('sign')
    .summary('make a signed URL, with the flags of ossutil 1')
    .description('Makes a signed URL to fetch an object, with the flags of ossutil 1.')
    .argument('<address>', 'oss://bucket/key')
    .addOption(
      new Option('--timeout <seconds>', 'life of the URL').argParser(parseSeconds).default(60),
    )
    .option('--version-id <id>', 'one version of the object')
    // Written with one "f" in ossutil 1; scripts write it so.
    .option('--trafic-limit <bits>', 'bits a second of one connection', parseTrafficLimit)
    .addOption(new Option('--payer <who>', 'who pays').choices(['requester']))
    .option(
      '--query-param <name=value>',
      'further query parameter, signed; repeatable',
      collectQuery,
    )
    .option('--disable-encode-slash', 'accepted; "/" in a key is never encoded here')
    .addHelpText('after', after)
    .action(sign);
  withConnection(withOutput(command));
}

async function sign(address: string, options: SignOptions): Promise<void> {
  const uri = parseObjectUri(address);
  const connection = await resolveConnection(options, uri.bucket);
  const request: LinkRequest = {
    method: 'GET',
    seconds: options.timeout,
    signVersion: connection.signVersion,
    versionId: options.versionId,
    query: options.queryParam,
    trafficLimit: options.traficLimit,
    payer: options.payer,
  };
  checkLife(request);
  await printSignedLink(await clientOf(connection, uri.bucket), uri, request, options);
}
