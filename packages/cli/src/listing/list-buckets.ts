// `osskeep ls`: the buckets of the account, with ossutil's columns.

import { attempt, UsageError } from '../failures/failures.ts';
import { formatTime, isoTime } from '../output/time.ts';
import { visible } from '../output/visible.ts';
import { connect } from '../settings/connection.ts';
import type { ListOptions } from './list-options.ts';
import { type Entry, Listing } from './listing.ts';

function row(time: string, region: string, storageClass: string, name: string): string {
  const columns = [time.padEnd(30), region.padStart(20), storageClass.padStart(12)];
  return `${columns[0]} ${columns[1]}    ${columns[2]}    ${name}`;
}

export async function listBuckets(options: ListOptions): Promise<void> {
  for (const name of ['directory', 'allVersions', 'versionIdMarker'] as const) {
    if (options[name] === undefined) continue;
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${flag} lists what a bucket holds; name one: oss://bucket`);
  }
  const client = await connect(options, '');
  const isShort = options.shortFormat === true;
  const header = `${row('CreationTime', 'Region', 'StorageClass', 'BucketName')}\n`;
  const listing = new Listing(options, isShort ? '' : header);
  await attempt('list the buckets', async () => {
    let marker = options.marker;
    while (!listing.isFull) {
      const page = await client.listBuckets({ marker, maxKeys: listing.pageSize });
      await listing.page(
        page.buckets.map((bucket): Entry => {
          const address = `oss://${visible(bucket.name)}`;
          const { creationDate, location, storageClass } = bucket;
          return {
            name: bucket.name,
            json: { kind: 'bucket', ...bucket, creationDate: isoTime(creationDate) },
            text: isShort
              ? address
              : row(formatTime(creationDate), visible(location), storageClass, address),
          };
        }),
      );
      if (page.isTruncated !== true || !page.nextMarker || page.nextMarker === marker) break;
      marker = page.nextMarker;
    }
  });
  await listing.total('Bucket');
}
