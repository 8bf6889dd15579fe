import { listObjectVersions, maxKeysDefault, type VersionEntry } from '@osskeep/protocol';
import type { ListedVersion } from '../../../core/listing/list-versions.ts';
import type { Owner } from '../../../core/records/model.ts';
import { handler } from '../../request/handler.ts';
import { objectSummary } from './object-summary.ts';

export const listObjectVersionsHandler = handler({
  operation: listObjectVersions,
  action: 'oss:ListObjectVersions',
  need: 'list-objects',
  run: async (input, { store, bucket }) => {
    const { prefix, delimiter, keyMarker, versionIdMarker, encodingType } = input;
    const limit = input.maxKeys ?? maxKeysDefault;
    const query = { prefix, delimiter, keyMarker, versionIdMarker, limit };
    const page = await store.objects.listVersions(bucket, query);
    return {
      name: bucket.name,
      prefix,
      keyMarker,
      versionIdMarker,
      nextKeyMarker: page.next?.key,
      nextVersionIdMarker: page.next?.versionId,
      maxKeys: limit,
      delimiter,
      encodingType,
      isTruncated: page.isTruncated,
      entries: page.versions.map((version) => versionEntry(version, bucket.owner)),
      commonPrefixes: page.commonPrefixes.map((common) => ({ prefix: common })),
    };
  },
});

function versionEntry(version: ListedVersion, owner: Owner): VersionEntry {
  const { versionId, isLatest } = version;
  if (version.kind === 'Version') {
    return { kind: 'Version', ...objectSummary(version, owner), versionId, isLatest, owner };
  }
  const { key, mtimeMs } = version;
  return { kind: 'DeleteMarker', key, versionId, isLatest, lastModified: mtimeMs, owner };
}
