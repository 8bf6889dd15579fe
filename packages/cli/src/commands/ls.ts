// `osskeep ls`: buckets, objects or versions, with ossutil's flags, columns and totals.
import { type Command, InvalidArgumentError } from 'commander';
import { withFilters } from '../arguments/filters.ts';
import { parseOssUri } from '../arguments/oss-uri.ts';
import { UsageError } from '../failures/failures.ts';
import { listBuckets } from '../listing/list-buckets.ts';
import { listObjects } from '../listing/list-objects.ts';
import type { ListOptions } from '../listing/list-options.ts';
import { listVersions } from '../listing/list-versions.ts';
import { printElapsed, withOutput } from '../output/output-options.ts';
import { connect, withConnection } from '../settings/connection.ts';

const after = `
Characters of a key that would steer the terminal are shown as \\u001b; JSON has every key exactly.

Examples:
  osskeep ls                                         the buckets
  osskeep ls oss://examplebucket                     all objects
  osskeep ls oss://examplebucket/photos/ -d          what lies directly under photos/
  osskeep ls oss://examplebucket -s --limited-num 10
  osskeep ls oss://examplebucket --include "*.jpg" --exclude "*-small.jpg"
  osskeep ls oss://examplebucket/report.pdf --all-versions
  osskeep ls oss://examplebucket --output json | jq -r .key
`;

/** A whole number, 0 or more. */
function parseLimit(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Write a whole number, 0 or more.');
  return Number(text);
}

export function addListCommand(program: Command): void {
  const command = program
    .command('ls')
    .alias('list')
    .summary('list buckets, objects or versions')
    .description('Lists the buckets of the account, or what a bucket holds.')
    .argument('[address]', 'oss://bucket/prefix; without it the buckets are listed')
    .option('-s, --short-format', 'only names')
    .option('-d, --directory', 'objects and "folders" directly under the prefix')
    .option('-r, --recursive', 'everything under the prefix: the default')
    .option('--limited-num <number>', 'at most so many entries', parseLimit)
    .option('--marker <name>', 'only what comes after it')
    .option('--all-versions', 'old versions and delete markers, too')
    .option('--version-id-marker <id>', 'with --all-versions and --marker: where to go on');
  withFilters(command, 'keys').addHelpText('after', after).action(list);
  withConnection(withOutput(command));
}

async function list(address: string | undefined, options: ListOptions): Promise<void> {
  const begin = performance.now();
  if (options.recursive === true && options.directory === true) {
    throw new UsageError('-r lists everything and -d only one level; drop one of them');
  }
  if (options.versionIdMarker !== undefined && options.marker === undefined) {
    throw new UsageError('--version-id-marker belongs to the key in --marker; give that, too');
  }
  if (address === undefined || /^oss:\/\/$/i.test(address)) {
    await listBuckets(options);
  } else {
    const uri = parseOssUri(address);
    const client = await connect(options, uri.bucket);
    await (options.allVersions === true ? listVersions : listObjects)(client, uri, options);
  }
  await printElapsed(options, begin);
}
