// `osskeep cp -r` upwards: the files of a folder become objects under a prefix.
import type { OssClient } from '@osskeep/client';
import { nameFilter } from '../arguments/filters.ts';
import { jobsOf } from '../arguments/jobs-option.ts';
import { formatOssUri, parseOssUri } from '../arguments/oss-uri.ts';
import { attempt, CommandError } from '../failures/failures.ts';
import { print } from '../output/print.ts';
import { connect } from '../settings/connection.ts';
import { Batch } from '../work/batch.ts';
import { inLanes } from '../work/lanes.ts';
import type { CopyOptions } from './copy-options.ts';
import { isObjectCurrent } from './is-current.ts';
import { Meter } from './meter.ts';
import { formatSummary } from './summary.ts';
import { putOptions, uploadFile } from './upload.ts';
import { type Found, walkFolder } from './walk-folder.ts';

function reasonOf({ reason }: { readonly reason: unknown }): Error {
  return reason instanceof Error ? reason : new CommandError(String(reason));
}

export async function uploadFolder(
  source: string,
  target: string,
  options: CopyOptions,
): Promise<void> {
  const { bucket, key } = parseOssUri(target);
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  const begin = performance.now();
  const isMeant = nameFilter(options);
  const batch = new Batch();
  const meter = new Meter(options);
  batch.onFailure = () => meter.clear();
  let totalBytes = 0;
  let doneBytes = 0;

  const uploadFound = async (client: OssClient, found: Found): Promise<void> => {
    if (!isMeant(found.name)) return;
    const uri = { bucket, key: prefix + found.name };
    if (found.kind === 'none') {
      return batch.run(`upload ${found.path}`, () => Promise.reject(reasonOf(found)));
    }
    totalBytes += found.size;
    meter.expect(found.size);
    await batch.run(`upload ${found.path} to ${formatOssUri(uri)}`, async () => {
      if (options.update === true && (await isObjectCurrent(client, uri.key, found))) {
        meter.count(found.size);
        meter.finishItem();
        return false;
      }
      const force = options.force === true || options.update === true;
      const isDone = await uploadFile(client, found, uri, putOptions(options), force, meter);
      if (isDone) doneBytes += found.size;
      return isDone;
    });
  };

  try {
    await attempt(`upload what is in ${source}`, async () => {
      const client = await connect(options, bucket);
      await inLanes(walkFolder(source), jobsOf(options), (found) => uploadFound(client, found));
    });
  } finally {
    meter.stop();
  }
  if (options.quiet !== true) {
    const counts = { ...batch, totalBytes, doneBytes };
    await print(formatSummary('upload', counts, performance.now() - begin));
  }
  batch.finish('files');
}
