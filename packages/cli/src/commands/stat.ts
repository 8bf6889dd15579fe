// `osskeep stat`: what is known of a bucket or an object, under ossutil's names.
import type { OssClient } from '@osskeep/client';
import type { BucketInfo } from '@osskeep/protocol';
import type { Command } from 'commander';
import { formatOssUri, parseOssUri } from '../arguments/oss-uri.ts';
import { attempt, UsageError } from '../failures/failures.ts';
import { type OutputOptions, printElapsed, tell, withOutput } from '../output/output-options.ts';
import { formatTime, isoTime } from '../output/time.ts';
import { visible } from '../output/visible.ts';
import { type ConnectionOptions, connect, withConnection } from '../settings/connection.ts';

interface StatOptions extends ConnectionOptions, OutputOptions {
  readonly versionId?: string;
}

const after = `
Examples:
  osskeep stat oss://examplebucket
  osskeep stat oss://examplebucket/photo.jpg
  osskeep stat oss://examplebucket/photo.jpg --version-id 123
  osskeep stat oss://examplebucket/photo.jpg --output json | jq .size
`;

export function addStatCommand(program: Command): void {
  const command = program
    .command('stat')
    .summary('show what is known of a bucket or an object')
    .description('Shows what is known of a bucket or an object, its ACL included.')
    .argument('<address>', 'oss://bucket or oss://bucket/key')
    .option('--version-id <id>', 'one version of the object')
    .addHelpText('after', after)
    .action(stat);
  withConnection(withOutput(command));
}

type Facts = readonly (readonly [name: string, value: string | undefined])[];

/** `Name   : value` lines, as ossutil prints them. */
function factLines(facts: Facts, width: number): string {
  return facts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${visible(name).padEnd(width)}: ${visible(value ?? '')}\n`)
    .join('');
}

function bucketText(bucket: BucketInfo): string {
  const facts: Facts = [
    ['Name', bucket.name],
    ['Location', bucket.location],
    ['CreationDate', formatTime(bucket.creationDate)],
    ['ExtranetEndpoint', bucket.extranetEndpoint],
    ['IntranetEndpoint', bucket.intranetEndpoint],
    ['ACL', bucket.acl],
    ['Owner', bucket.owner.id],
    ['StorageClass', bucket.storageClass],
    ['RedundancyType', bucket.dataRedundancyType],
    ['Versioning', bucket.versioning],
    ['BlockPublicAccess', bucket.blockPublicAccess?.toString()],
    ['TransferAcceleration', bucket.transferAcceleration],
    ['CrossRegionReplication', bucket.crossRegionReplication],
    ['AccessMonitor', bucket.accessMonitor],
  ];
  return factLines(facts, 22);
}

async function statBucket(client: OssClient, options: StatOptions): Promise<void> {
  const { bucket } = await client.getBucketInfo();
  const json = { kind: 'bucket', ...bucket, creationDate: isoTime(bucket.creationDate) };
  await tell(options, json, bucketText(bucket));
}

async function statObject(
  client: OssClient,
  bucket: string,
  key: string,
  options: StatOptions,
): Promise<void> {
  const version = options.versionId === undefined ? {} : { versionId: options.versionId };
  const head = await client.headObject(key, version);
  // The version that was just read, should a newer one come meanwhile.
  const shown = head.versionId === undefined ? version : { versionId: head.versionId };
  const { owner, grant } = await client.getObjectAcl(key, shown);
  const { contentLength, lastModified, objectType, acceptRanges, ...rest } = head;
  const json = {
    kind: 'object',
    bucket,
    key,
    size: contentLength,
    lastModified: lastModified === undefined ? undefined : isoTime(lastModified),
    type: objectType,
    ...rest,
    acl: grant,
    owner,
  };
  const facts: [string, string | undefined][] = [
    ['ACL', grant],
    ['Accept-Ranges', acceptRanges],
    ['Cache-Control', head.cacheControl],
    ['Content-Disposition', head.contentDisposition],
    ['Content-Encoding', head.contentEncoding],
    ['Content-Language', head.contentLanguage],
    ['Content-Length', contentLength?.toString()],
    ['Content-Md5', head.contentMd5],
    ['Content-Type', head.contentType],
    ['Etag', head.etag],
    ['Expires', head.expires],
    ['Last-Modified', lastModified === undefined ? undefined : formatTime(lastModified)],
    ['Owner', owner.id],
    ['X-Oss-Hash-Crc64ecma', head.crc64?.toString()],
    ...Object.entries(head.metadata).map(([name, value]): [string, string] => [
      `X-Oss-Meta-${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}`,
      value,
    ]),
    ['X-Oss-Object-Type', objectType],
    ['X-Oss-Storage-Class', head.storageClass],
    ['X-Oss-Version-Id', head.versionId],
  ];
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  await tell(options, json, factLines(facts, width));
}

async function stat(address: string, options: StatOptions): Promise<void> {
  const begin = performance.now();
  const { bucket, key } = parseOssUri(address);
  if (key === '' && options.versionId !== undefined) {
    throw new UsageError('A bucket has no versions; --version-id needs oss://bucket/key');
  }
  const client = await connect(options, bucket);
  await attempt(`read about ${formatOssUri({ bucket, key })}`, () =>
    key === '' ? statBucket(client, options) : statObject(client, bucket, key, options),
  );
  await printElapsed(options, begin);
}
