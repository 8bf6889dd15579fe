// `osskeep rm`: removes an object, a version, or everything under a prefix, with ossutil's flags.
import type { OssClient } from '@osskeep/client';
import type { Command } from 'commander';
import { hasFilters, withFilters } from '../arguments/filters.ts';
import { type JobsOptions, jobsOf, withJobs } from '../arguments/jobs-option.ts';
import { formatOssUri, type OssUri, parseOssUri } from '../arguments/oss-uri.ts';
import { attempt, UsageError } from '../failures/failures.ts';
import { type OutputOptions, printElapsed, withQuiet } from '../output/output-options.ts';
import { print } from '../output/print.ts';
import { visible } from '../output/visible.ts';
import {
  type RemovalOptions,
  removalSummary,
  removeUnder,
  removeVersionsOf,
} from '../removal/remove-objects.ts';
import { type ConnectionOptions, connect, withConnection } from '../settings/connection.ts';
import { confirm } from '../terminal/confirm.ts';
import { Batch } from '../work/batch.ts';

interface RemoveOptions extends ConnectionOptions, RemovalOptions, JobsOptions, OutputOptions {
  readonly recursive?: boolean;
  readonly force?: boolean;
  readonly versionId?: string;
}

const after = `
With -r the address is a prefix: "oss://examplebucket/a" means every key that begins with a. It asks
first, unless -f is given. An object that is not there is no failure.

Examples:
  osskeep rm oss://examplebucket/photo.jpg
  osskeep rm oss://examplebucket/photo.jpg --version-id 123
  osskeep rm oss://examplebucket/photo.jpg --all-versions
  osskeep rm oss://examplebucket/photos/ -r
  osskeep rm oss://examplebucket/photos/ -r -f --include "*.tmp"
  osskeep rm oss://examplebucket -r -f --all-versions     empty a bucket
`;

export function addRemoveCommand(program: Command): void {
  const command = program
    .command('rm')
    .alias('remove')
    .summary('remove objects or versions')
    .description('Removes an object, a version of it, or everything under a prefix.')
    .argument('<address>', 'oss://bucket/key, or oss://bucket/prefix with -r')
    .option('-r, --recursive', 'everything under the prefix')
    .option('-f, --force', 'do not ask')
    .option('--version-id <id>', 'this version, for good')
    .option('--all-versions', 'all versions and delete markers, for good');
  withJobs(withFilters(command, 'keys', 'with -r: '))
    .addHelpText('after', after)
    .action(remove);
  withConnection(withQuiet(command));
}

function check(uri: OssUri, options: RemoveOptions): void {
  if (options.recursive !== true && uri.key === '') {
    throw new UsageError(
      `${formatOssUri(uri)} is a bucket: \`osskeep rb\` removes it, -r removes what it holds`,
    );
  }
  if (options.recursive !== true && hasFilters(options)) {
    throw new UsageError('--include and --exclude choose among many objects; add -r');
  }
  if (options.versionId === undefined) return;
  if (options.recursive === true) throw new UsageError('--version-id names one object; drop -r');
  if (options.allVersions === true) {
    throw new UsageError('--version-id and --all-versions exclude each other; drop one');
  }
}

async function removeOne(client: OssClient, uri: OssUri, versionId?: string): Promise<Batch> {
  await attempt(`remove ${formatOssUri(uri)}`, () =>
    client.deleteObject(uri.key, versionId === undefined ? {} : { versionId }),
  );
  const batch = new Batch();
  batch.total = 1;
  batch.done = 1;
  return batch;
}

async function remove(address: string, options: RemoveOptions): Promise<void> {
  const begin = performance.now();
  const uri = parseOssUri(address);
  check(uri, options);
  const client = await connect(options, uri.bucket);
  let batch: Batch;
  if (options.recursive === true) {
    const question = `Do you really mean to remove recursively objects of ${visible(formatOssUri(uri))}`;
    if (options.force !== true && !(await confirm(question))) return;
    batch = await removeUnder(client, uri, options, jobsOf(options));
  } else if (options.allVersions === true) {
    batch = await removeVersionsOf(client, uri, jobsOf(options));
  } else {
    batch = await removeOne(client, uri, options.versionId);
  }
  if (options.quiet !== true) await print(removalSummary(batch));
  await printElapsed(options, begin);
  batch.finish('objects');
}
