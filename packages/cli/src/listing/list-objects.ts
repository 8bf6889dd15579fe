// `osskeep ls oss://bucket/prefix`: objects, and with -d what lies directly under the prefix.
import type { OssClient } from '@osskeep/client';
import type { ObjectSummary } from '@osskeep/protocol';
import { formatOssUri, type OssUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { formatTime, isoTime } from '../output/time.ts';
import { visible } from '../output/visible.ts';
import type { ListOptions } from './list-options.ts';
import { type Entry, Listing } from './listing.ts';

function row(time: string, size: string, storageClass: string, etag: string, name: string): string {
  const left = `${time.padEnd(30)}${size.padStart(12)}  ${storageClass.padStart(12)}`;
  return `${left}   ${etag.padEnd(36)}  ${name}`;
}

/** What a summary says, by the names that JSON output has for it. */
export function summaryFields(summary: ObjectSummary): Record<string, unknown> {
  const { key, size, lastModified, etag, type, storageClass, restoreInfo, transitionTime } =
    summary;
  return {
    key,
    size,
    lastModified: isoTime(lastModified),
    etag,
    type,
    storageClass,
    restoreInfo,
    transitionTime: transitionTime === undefined ? undefined : isoTime(transitionTime),
  };
}

/** A name as filters see it: relative to the last "/" of the prefix. */
export function relativeName(key: string, prefix: string): string {
  return key.slice(prefix.lastIndexOf('/') + 1);
}

export async function listObjects(
  client: OssClient,
  { bucket, key: prefix }: OssUri,
  options: ListOptions,
): Promise<void> {
  const isShort = options.shortFormat === true || options.directory === true;
  const header = `${row('LastModifiedTime', 'Size(B)', 'StorageClass', 'ETAG', 'ObjectName')}\n`;
  const listing = new Listing(options, isShort ? '' : header);

  const objectEntry = (summary: ObjectSummary): Entry => {
    const address = visible(formatOssUri({ bucket, key: summary.key }));
    const { lastModified, size, storageClass, etag } = summary;
    return {
      name: relativeName(summary.key, prefix),
      json: { kind: 'object', bucket, ...summaryFields(summary) },
      text: isShort
        ? address
        : row(formatTime(lastModified), String(size), storageClass, visible(etag), address),
    };
  };
  const prefixEntry = (key: string): Entry => ({
    name: relativeName(key, prefix).replace(/\/$/, ''),
    json: { kind: 'prefix', bucket, prefix: key },
    text: visible(formatOssUri({ bucket, key })),
  });

  await attempt(`list ${formatOssUri({ bucket, key: prefix })}`, async () => {
    const input = { prefix, startAfter: options.marker, maxKeys: listing.pageSize };
    if (listing.isFull) return;
    const pages = client.objectPages(
      options.directory === true ? { ...input, delimiter: '/' } : input,
    );
    for await (const page of pages) {
      await listing.page([
        ...page.contents.map(objectEntry),
        ...page.commonPrefixes.map((common) => prefixEntry(common.prefix)),
      ]);
      if (listing.isFull) break;
    }
  });
  await listing.total(options.directory === true ? 'Object and Directory' : 'Object');
}
