// `osskeep bucket-versioning`: whether a bucket keeps versions, in ossutil 1's words.
import type { Command } from 'commander';
import { parseBucketUri } from '../arguments/oss-uri.ts';
import { attempt, UsageError } from '../failures/failures.ts';
import { printElapsed, tell, withOutput } from '../output/output-options.ts';
import { connect, withConnection } from '../settings/connection.ts';
import { expectNoMore, expectWord, type SettingOptions, withMethod } from './setting-command.ts';

const after = `
Examples:
  osskeep bucket-versioning --method put oss://examplebucket enabled
  osskeep bucket-versioning --method put oss://examplebucket suspended
  osskeep bucket-versioning --method get oss://examplebucket
`;

const statuses = { enabled: 'Enabled', suspended: 'Suspended' } as const;

export function addBucketVersioningCommand(program: Command): void {
  const command = program
    .command('bucket-versioning')
    .alias('versioning')
    .summary('make a bucket keep versions, or show whether it does')
    .description('Makes a bucket keep versions of its objects, or shows whether it does.')
    .argument('<bucket>', 'oss://bucket')
    .argument('[status]', 'put: enabled or suspended');
  withMethod(command, ['get', 'put']).addHelpText('after', after).action(bucketVersioning);
  withConnection(withOutput(command));
}

function parseStatus(text: string): 'Enabled' | 'Suspended' {
  const word = text.toLowerCase();
  if (word === 'enabled' || word === 'suspended') return statuses[word];
  throw new UsageError(`The status is enabled or suspended, not "${text}"`);
}

async function bucketVersioning(
  address: string,
  wanted: string | undefined,
  options: SettingOptions,
): Promise<void> {
  const begin = performance.now();
  const bucket = parseBucketUri(address);
  if (options.method === 'put') {
    const status = parseStatus(expectWord(wanted, 'The status, enabled or suspended,'));
    const client = await connect(options, bucket);
    await attempt(`set the versioning of oss://${bucket}`, () =>
      client.putBucketVersioning({ status }),
    );
  } else {
    expectNoMore([wanted]);
    const client = await connect(options, bucket);
    const { status } = await attempt(`read the versioning of oss://${bucket}`, () =>
      client.getBucketVersioning(),
    );
    const json = { kind: 'versioning', bucket, status: status ?? null };
    await tell(options, json, `bucket versioning status:${status ?? 'null'}\n`);
  }
  await printElapsed(options, begin);
}
