// `osskeep set-acl`: who may read and write a bucket or objects, in ossutil 1's words. `stat` shows it.
import type { OssClient } from '@osskeep/client';
import type { Command } from 'commander';
import { type FilterOptions, hasFilters, nameFilter, withFilters } from '../arguments/filters.ts';
import { type JobsOptions, jobsOf, withJobs } from '../arguments/jobs-option.ts';
import { formatOssUri, type OssUri, parseOssUri } from '../arguments/oss-uri.ts';
import { attempt, UsageError } from '../failures/failures.ts';
import { relativeName } from '../listing/list-objects.ts';
import { type OutputOptions, printElapsed, withQuiet } from '../output/output-options.ts';
import { print } from '../output/print.ts';
import { visible } from '../output/visible.ts';
import { type ConnectionOptions, connect, withConnection } from '../settings/connection.ts';
import { confirm } from '../terminal/confirm.ts';
import { Batch } from '../work/batch.ts';
import { inLanes } from '../work/lanes.ts';

interface SetAclOptions extends ConnectionOptions, FilterOptions, JobsOptions, OutputOptions {
  readonly bucket?: boolean;
  readonly recursive?: boolean;
  readonly force?: boolean;
  readonly versionId?: string;
}

type BucketAcl = 'private' | 'public-read' | 'public-read-write';
type ObjectAcl = BucketAcl | 'default';

const bucketAcls: readonly BucketAcl[] = ['private', 'public-read', 'public-read-write'];
const objectAcls: readonly ObjectAcl[] = ['default', ...bucketAcls];

const after = `
ACLs: private, public-read, public-read-write; for objects also default, the ACL of the bucket.
Public ones are refused while public access is blocked: see \`osskeep access-block --help\`.

Examples:
  osskeep set-acl oss://examplebucket private -b
  osskeep set-acl oss://examplebucket/photo.jpg public-read
  osskeep set-acl oss://examplebucket/photo.jpg private --version-id 123
  osskeep set-acl oss://examplebucket/photos/ default -r
`;

export function addSetAclCommand(program: Command): void {
  const command = program
    .command('set-acl')
    .summary('set who may read and write a bucket or objects')
    .description('Sets the ACL of a bucket, an object, or all objects under a prefix.')
    .argument('<address>', 'oss://bucket with -b, oss://bucket/key, or a prefix with -r')
    .argument('<acl>', 'private, public-read, public-read-write or default')
    .option('-b, --bucket', 'the bucket itself')
    .option('-r, --recursive', 'all objects under the prefix')
    .option('-f, --force', 'with -r: do not ask')
    .option('--version-id <id>', 'one version of the object');
  withJobs(withFilters(command, 'keys', 'with -r: '))
    .addHelpText('after', after)
    .action(setAcl);
  withConnection(withQuiet(command));
}

function parseAcl<Acl extends string>(text: string, acls: readonly Acl[]): Acl {
  const acl = acls.find((known) => known === text);
  if (acl === undefined) throw new UsageError(`The ACL can be ${acls.join(', ')}, not "${text}"`);
  return acl;
}

function check({ key }: OssUri, options: SetAclOptions): void {
  const { bucket, recursive, versionId } = options;
  if (bucket === true && recursive === true) {
    throw new UsageError('-b means the bucket and -r its objects; drop one');
  }
  if (bucket === true && key !== '') {
    throw new UsageError('-b sets the ACL of the bucket; write only oss://bucket');
  }
  if (bucket !== true && recursive !== true && key === '') {
    throw new UsageError('For the ACL of the bucket add -b; for its objects name one, or add -r');
  }
  if (recursive !== true && hasFilters(options)) {
    throw new UsageError('--include and --exclude choose among many objects; add -r');
  }
  if (versionId !== undefined && (recursive === true || bucket === true)) {
    throw new UsageError('--version-id names one object; drop -r and -b');
  }
}

function setUnder(
  client: OssClient,
  { bucket, key: prefix }: OssUri,
  acl: ObjectAcl,
  options: SetAclOptions,
): Promise<Batch> {
  const isMeant = nameFilter(options);
  const batch = new Batch();
  return attempt(
    `set the ACL of what is under ${formatOssUri({ bucket, key: prefix })}`,
    async () => {
      const objects = client.objects({ prefix, maxKeys: 1000 });
      await inLanes(objects, jobsOf(options), async ({ key }) => {
        if (!isMeant(relativeName(key, prefix))) return;
        await batch.run(`set the ACL of ${formatOssUri({ bucket, key })}`, async () => {
          await client.putObjectAcl(key, { acl });
          return true;
        });
      });
      return batch;
    },
  );
}

async function setAcl(address: string, wanted: string, options: SetAclOptions): Promise<void> {
  const begin = performance.now();
  const uri = parseOssUri(address);
  check(uri, options);
  if (options.bucket === true) {
    const acl = parseAcl(wanted, bucketAcls);
    const client = await connect(options, uri.bucket);
    // PutBucketAcl makes a bucket that is not there, private to whoever asked; nobody means that here.
    await attempt(`set the ACL of oss://${uri.bucket}`, async () => {
      await client.headBucket();
      await client.putBucketAcl({ acl });
    });
    return printElapsed(options, begin);
  }
  const acl = parseAcl(wanted, objectAcls);
  const client = await connect(options, uri.bucket);
  if (options.recursive !== true) {
    await attempt(`set the ACL of ${formatOssUri(uri)}`, () =>
      client.putObjectAcl(uri.key, {
        acl,
        ...(options.versionId === undefined ? {} : { versionId: options.versionId }),
      }),
    );
    return printElapsed(options, begin);
  }
  const question = `Do you really mean to recursively set acl on objects of ${visible(formatOssUri(uri))}`;
  if (options.force !== true && !(await confirm(question))) return;
  const batch = await setUnder(client, uri, acl, options);
  if (options.quiet !== true) {
    const error = batch.failed === 0 ? '' : ` Error ${batch.failed} objects.`;
    const word = batch.failed === 0 ? 'Succeed' : 'FinishWithError';
    await print(
      `${word}: Total ${batch.total} objects. Setted acl on ${batch.done} objects.${error}\n`,
    );
  }
  await printElapsed(options, begin);
  batch.finish('objects');
}
