// `osskeep rb`: removes a bucket, and with --force what it holds, as ossutil 2 does.
import type { OssClient } from '@osskeep/client';
import type { Command } from 'commander';
import { type JobsOptions, jobsOf, withJobs } from '../arguments/jobs-option.ts';
import { parseBucketUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { causeOf, isRefusal } from '../failures/report-failure.ts';
import { type OutputOptions, printElapsed, withQuiet } from '../output/output-options.ts';
import { print } from '../output/print.ts';
import { removalSummary, removeUnder } from '../removal/remove-objects.ts';
import { type ConnectionOptions, connect, withConnection } from '../settings/connection.ts';
import { confirm } from '../terminal/confirm.ts';

interface RemoveBucketOptions extends ConnectionOptions, JobsOptions, OutputOptions {
  readonly force?: boolean;
  readonly allVersions?: boolean;
}

const after = `
An empty bucket is removed at once. Where there is something to lose it asks first, unless -f is given.

Examples:
  osskeep rb oss://examplebucket
  osskeep rb oss://examplebucket -f                  with the objects in it
  osskeep rb oss://examplebucket -f --all-versions   with old versions, too
`;

export function addRemoveBucketCommand(program: Command): void {
  const command = program
    .command('rb')
    .summary('remove a bucket')
    .description('Removes a bucket.')
    .argument('<bucket>', 'oss://bucket')
    .option('-f, --force', 'remove the objects in it as well, without asking')
    .option('--all-versions', 'remove old versions and delete markers as well');
  withJobs(command).addHelpText('after', after).action(removeBucket);
  withConnection(withQuiet(command));
}

/** False: something is in it. */
async function removeEmpty(client: OssClient, bucket: string): Promise<boolean> {
  try {
    await attempt(`remove the bucket oss://${bucket}`, () => client.deleteBucket());
    return true;
  } catch (error) {
    const cause = causeOf(error);
    if (isRefusal(cause) && cause.code === 'BucketNotEmpty') return false;
    throw error;
  }
}

async function removeBucket(address: string, options: RemoveBucketOptions): Promise<void> {
  const begin = performance.now();
  const bucket = parseBucketUri(address);
  const client = await connect(options, bucket);
  const isEmpty = await removeEmpty(client, bucket);
  if (!isEmpty) {
    const what = options.allVersions === true ? 'all versions of the objects' : 'objects';
    const question = `Do you really mean to remove recursively ${what} of oss://${bucket}, and the bucket`;
    if (options.force !== true && !(await confirm(question))) return;
    const batch = await removeUnder(client, { bucket, key: '' }, options, jobsOf(options));
    if (options.quiet !== true) await print(removalSummary(batch));
    batch.finish('objects');
    await attempt(`remove the bucket oss://${bucket}`, () => client.deleteBucket());
  }
  if (options.quiet !== true) await print(`Removed Bucket: ${bucket}\n`);
  await printElapsed(options, begin);
}
