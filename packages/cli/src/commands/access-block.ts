// `osskeep access-block`: whether public ACLs count, for a bucket or for the whole account. ossutil has
// this only as `api put-public-access-block` and its kin; the words here are those of its older
// commands on settings.
import type { Command } from 'commander';
import { parseBucketUri } from '../arguments/oss-uri.ts';
import { attempt, UsageError } from '../failures/failures.ts';
import { printElapsed, tell, withOutput } from '../output/output-options.ts';
import { connect, withConnection } from '../settings/connection.ts';
import { expectNoMore, type SettingOptions, withMethod } from './setting-command.ts';

const after = `
While the block of the account or of the bucket is on, public ACLs are refused, and those that exist
have no effect.

Examples:
  osskeep access-block --method get                       the account
  osskeep access-block --method put off
  osskeep access-block --method get oss://examplebucket   one bucket
  osskeep access-block --method put oss://examplebucket off
  osskeep access-block --method delete oss://examplebucket
`;

export function addAccessBlockCommand(program: Command): void {
  const command = program
    .command('access-block')
    .summary('block public access, or allow it')
    .description('Blocks public access to a bucket or to all of the account, or allows it.')
    .argument('[bucket]', 'oss://bucket; without it the account is meant')
    .argument('[state]', 'put: on or off');
  withMethod(command, ['get', 'put', 'delete']).addHelpText('after', after).action(accessBlock);
  withConnection(withOutput(command));
}

function parseState(text: string | undefined): boolean {
  const word = text?.toLowerCase();
  if (word === 'on' || word === 'true') return true;
  if (word === 'off' || word === 'false') return false;
  throw new UsageError('Say on or off: what the block is to be');
}

async function accessBlock(
  first: string | undefined,
  second: string | undefined,
  options: SettingOptions,
): Promise<void> {
  const begin = performance.now();
  // Without a bucket the state is the first word.
  const isBucket = first?.includes('://') === true;
  const bucket = isBucket ? parseBucketUri(first) : undefined;
  const [state, more] = isBucket ? [second, undefined] : [first, second];
  expectNoMore(options.method === 'put' ? [more] : [state, more]);
  const blockPublicAccess = options.method === 'put' ? parseState(state) : false;
  const whose = bucket === undefined ? 'the account' : `oss://${bucket}`;
  const client = await connect(options, bucket ?? '');
  if (options.method === 'put') {
    await attempt(`set the access block of ${whose}`, () =>
      bucket === undefined
        ? client.putPublicAccessBlock({ blockPublicAccess })
        : client.putBucketPublicAccessBlock({ blockPublicAccess }),
    );
  } else if (options.method === 'delete') {
    await attempt(`remove the access block of ${whose}`, () =>
      bucket === undefined
        ? client.deletePublicAccessBlock()
        : client.deleteBucketPublicAccessBlock(),
    );
  } else {
    const found = await attempt(`read the access block of ${whose}`, () =>
      bucket === undefined ? client.getPublicAccessBlock() : client.getBucketPublicAccessBlock(),
    );
    const state = found.blockPublicAccess ? 'on' : 'off';
    const json = { kind: 'accessBlock', bucket: bucket ?? null, ...found };
    await tell(options, json, `block public access:${state}\n`);
  }
  await printElapsed(options, begin);
}
