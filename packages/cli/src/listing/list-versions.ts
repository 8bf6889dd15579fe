// `osskeep ls --all-versions`: every version and delete marker, the newest of a key first.
import type { OssClient } from '@osskeep/client';
import type { VersionEntry } from '@osskeep/protocol';
import { formatOssUri, type OssUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { formatTime, isoTime } from '../output/time.ts';
import { visible } from '../output/visible.ts';
import { relativeName, summaryFields } from './list-objects.ts';
import type { ListOptions } from './list-options.ts';
import { type Entry, Listing } from './listing.ts';

interface Row {
  readonly time: string;
  readonly size: string;
  readonly storageClass: string;
  readonly etag: string;
  readonly versionId: string;
  readonly isLatest: string;
  readonly isMarker: string;
  readonly name: string;
}

function row({ time, size, storageClass, etag, versionId, ...rest }: Row): string {
  const facts = `${time.padEnd(30)}${size.padStart(12)}  ${storageClass.padStart(12)}`;
  const version = `${etag.padEnd(36)}  ${versionId.padEnd(66)}`;
  return `${facts}  ${version}  ${rest.isLatest.padEnd(10)}  ${rest.isMarker.padEnd(13)}  ${rest.name}`;
}

/** ossutil has one more column, in front, when prefixes stand among the versions. */
function withPrefixColumn(options: ListOptions, isPrefix: string, line: string): string {
  return options.directory === true ? `${isPrefix.padEnd(13)}  ${line}` : line;
}

const columnNames: Row = {
  time: 'LastModifiedTime',
  size: 'Size(B)',
  storageClass: 'StorageClass',
  etag: 'ETAG',
  versionId: 'VERSIONID',
  isLatest: 'IS-LATEST',
  isMarker: 'DELETE-MARKER',
  name: 'ObjectName',
};

function versionText(entry: VersionEntry, address: string): string {
  const isVersion = entry.kind === 'Version';
  return row({
    time: formatTime(entry.lastModified),
    size: isVersion ? String(entry.size) : '0',
    storageClass: isVersion ? entry.storageClass : '',
    etag: isVersion ? visible(entry.etag) : '',
    versionId: visible(entry.versionId),
    isLatest: String(entry.isLatest),
    isMarker: String(!isVersion),
    name: address,
  });
}

function versionJson(entry: VersionEntry, bucket: string): Record<string, unknown> {
  const { key, versionId, isLatest, lastModified } = entry;
  return entry.kind === 'Version'
    ? { kind: 'version', bucket, versionId, isLatest, ...summaryFields(entry) }
    : {
        kind: 'deleteMarker',
        bucket,
        versionId,
        isLatest,
        key,
        lastModified: isoTime(lastModified),
      };
}

export async function listVersions(
  client: OssClient,
  { bucket, key: prefix }: OssUri,
  options: ListOptions,
): Promise<void> {
  const header = `${withPrefixColumn(options, 'COMMON-PREFIX', row(columnNames))}\n`;
  const isShort = options.shortFormat === true;
  const listing = new Listing(options, isShort ? '' : header);

  const versionEntry = (entry: VersionEntry): Entry => {
    const address = visible(formatOssUri({ bucket, key: entry.key }));
    return {
      name: relativeName(entry.key, prefix),
      json: versionJson(entry, bucket),
      text: isShort ? address : withPrefixColumn(options, 'false', versionText(entry, address)),
    };
  };
  const prefixEntry = (key: string): Entry => {
    const address = visible(formatOssUri({ bucket, key }));
    const empty = { time: '', size: '', storageClass: '', etag: '', versionId: '' };
    const line = row({ ...empty, isLatest: '', isMarker: '', name: address });
    return {
      name: relativeName(key, prefix).replace(/\/$/, ''),
      json: { kind: 'prefix', bucket, prefix: key },
      text: isShort ? address : withPrefixColumn(options, 'true', line),
    };
  };

  await attempt(`list the versions in ${formatOssUri({ bucket, key: prefix })}`, async () => {
    if (listing.isFull) return;
    const pages = client.versionPages({
      prefix,
      keyMarker: options.marker,
      versionIdMarker: options.versionIdMarker,
      maxKeys: listing.pageSize,
      ...(options.directory === true ? { delimiter: '/' } : {}),
    });
    for await (const page of pages) {
      await listing.page([
        ...page.entries.map(versionEntry),
        ...page.commonPrefixes.map((common) => prefixEntry(common.prefix)),
      ]);
      if (listing.isFull) break;
    }
  });
  await listing.total(options.directory === true ? 'Object and Directory' : 'Object');
}
