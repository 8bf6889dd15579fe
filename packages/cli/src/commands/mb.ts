// `osskeep mb`: makes a bucket, with ossutil's flags.
import { type Command, Option } from 'commander';
import { parseBucketUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { type OutputOptions, printElapsed, withQuiet } from '../output/output-options.ts';
import { type ConnectionOptions, connect, withConnection } from '../settings/connection.ts';

interface MakeBucketOptions extends ConnectionOptions, OutputOptions {
  readonly acl?: 'private' | 'public-read' | 'public-read-write';
  readonly storageClass?: 'Standard' | 'IA' | 'Archive' | 'ColdArchive' | 'DeepColdArchive';
  readonly redundancyType?: 'LRS' | 'ZRS';
}

const after = `
Examples:
  osskeep mb oss://examplebucket
  osskeep mb oss://examplebucket --acl private --storage-class IA
`;

export function addMakeBucketCommand(program: Command): void {
  const command = program
    .command('mb')
    .summary('make a bucket')
    .description('Makes a bucket.')
    .argument('<bucket>', 'oss://bucket')
    .addOption(
      new Option('--acl <acl>', 'who may read and write (default: private)').choices([
        'private',
        'public-read',
        'public-read-write',
      ]),
    )
    .addOption(
      new Option('--storage-class <class>', 'class of new objects (default: Standard)').choices([
        'Standard',
        'IA',
        'Archive',
        'ColdArchive',
        'DeepColdArchive',
      ]),
    )
    .addOption(
      new Option('--redundancy-type <type>', 'recorded with the bucket (default: LRS)').choices([
        'LRS',
        'ZRS',
      ]),
    )
    .addHelpText('after', after)
    .action(makeBucket);
  withConnection(withQuiet(command));
}

async function makeBucket(address: string, options: MakeBucketOptions): Promise<void> {
  const bucket = parseBucketUri(address);
  const begin = performance.now();
  const client = await connect(options, bucket);
  await attempt(`make the bucket oss://${bucket}`, () =>
    client.putBucket({
      ...(options.acl === undefined ? {} : { acl: options.acl }),
      ...(options.storageClass === undefined ? {} : { storageClass: options.storageClass }),
      ...(options.redundancyType === undefined
        ? {}
        : { dataRedundancyType: options.redundancyType }),
    }),
  );
  await printElapsed(options, begin);
}
