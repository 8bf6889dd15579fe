// Removes objects, or every version of them: what `rm` and `rb --force` share.
import type { OssClient } from '@osskeep/client';
import { type FilterOptions, nameFilter } from '../arguments/filters.ts';
import { formatOssUri, type OssUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { relativeName } from '../listing/list-objects.ts';
import { Batch } from '../work/batch.ts';
import { inLanes } from '../work/lanes.ts';

interface Doomed {
  readonly key: string;
  readonly versionId?: string;
}

async function* objectsUnder(client: OssClient, prefix: string): AsyncGenerator<Doomed> {
  for await (const { key } of client.objects({ prefix, maxKeys: 1000 })) yield { key };
}

async function* versionsUnder(client: OssClient, prefix: string): AsyncGenerator<Doomed> {
  for await (const { key, versionId } of client.objectVersions({ prefix, maxKeys: 1000 })) {
    yield { key, versionId };
  }
}

async function* only<T>(items: AsyncIterable<T>, isMeant: (item: T) => boolean): AsyncGenerator<T> {
  for await (const item of items) if (isMeant(item)) yield item;
}

export interface RemovalOptions extends FilterOptions {
  readonly allVersions?: boolean;
}

async function removeAll(
  client: OssClient,
  bucket: string,
  doomed: AsyncIterable<Doomed>,
  jobs: number,
): Promise<Batch> {
  const batch = new Batch();
  await inLanes(doomed, jobs, ({ key, versionId }) => {
    const version = versionId === undefined ? '' : ` (version ${versionId})`;
    return batch.run(`remove ${formatOssUri({ bucket, key })}${version}`, async () => {
      await client.deleteObject(key, versionId === undefined ? {} : { versionId });
      return true;
    });
  });
  return batch;
}

/** Everything under a prefix. */
export function removeUnder(
  client: OssClient,
  { bucket, key: prefix }: OssUri,
  options: RemovalOptions,
  jobs: number,
): Promise<Batch> {
  const isMeant = nameFilter(options);
  const found = options.allVersions === true ? versionsUnder : objectsUnder;
  return attempt(`remove what is under ${formatOssUri({ bucket, key: prefix })}`, () =>
    removeAll(
      client,
      bucket,
      only(found(client, prefix), ({ key }) => isMeant(relativeName(key, prefix))),
      jobs,
    ),
  );
}

/** Every version and delete marker of one key. */
export function removeVersionsOf(
  client: OssClient,
  { bucket, key: wanted }: OssUri,
  jobs: number,
): Promise<Batch> {
  async function* doomed(): AsyncGenerator<Doomed> {
    for await (const entry of versionsUnder(client, wanted)) {
      // Versions come by key: what is longer comes after all of this one.
      if (entry.key !== wanted) return;
      yield entry;
    }
  }
  return attempt(`remove the versions of ${formatOssUri({ bucket, key: wanted })}`, () =>
    removeAll(client, bucket, doomed(), jobs),
  );
}

/** ossutil's line. */
export function removalSummary({ total, done, failed }: Batch): string {
  return failed === 0
    ? `Succeed: Total ${total} objects. Removed ${done} objects.\n`
    : `FinishWithError: Total ${total} objects. Removed ${done} objects. Error ${failed} objects.\n`;
}
