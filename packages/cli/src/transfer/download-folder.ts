// `osskeep cp -r` downwards: the objects under a prefix become files in a folder, and nowhere else.
import { join } from 'node:path';
import type { ObjectSummary } from '@osskeep/protocol';
import { nameFilter } from '../arguments/filters.ts';
import { jobsOf } from '../arguments/jobs-option.ts';
import { formatOssUri, parseOssUri } from '../arguments/oss-uri.ts';
import { attempt, CommandError } from '../failures/failures.ts';
import { relativeName } from '../listing/list-objects.ts';
import { print } from '../output/print.ts';
import { connect } from '../settings/connection.ts';
import { Batch } from '../work/batch.ts';
import { inLanes } from '../work/lanes.ts';
import type { CopyOptions } from './copy-options.ts';
import { downloadTo } from './download.ts';
import { InsideFolder } from './inside-folder.ts';
import { isFileCurrent } from './is-current.ts';
import { localSegments } from './local-name.ts';
import { Meter } from './meter.ts';
import { formatSummary } from './summary.ts';

export async function downloadFolder(
  source: string,
  target: string,
  options: CopyOptions,
): Promise<void> {
  const { bucket, key: prefix } = parseOssUri(source);
  const begin = performance.now();
  const isMeant = nameFilter(options);
  const batch = new Batch();
  const meter = new Meter(options);
  batch.onFailure = () => meter.clear();
  let totalBytes = 0;
  let doneBytes = 0;

  try {
    await attempt(`download what is under ${formatOssUri({ bucket, key: prefix })}`, async () => {
      const client = await connect(options, bucket);
      const inside = new InsideFolder(target);

      /** False: nothing had to be done, or may be. */
      const downloadOne = async (object: ObjectSummary): Promise<boolean> => {
        const segments = localSegments(object.key, prefix);
        const name = segments.at(-1) ?? '';
        const folder = await inside.folder(segments.slice(0, -1));
        if (name === '') {
          if (object.size === 0) return true;
          throw new CommandError('The key ends with "/" and has content; it names no file.');
        }
        const path = join(folder, name);
        if (options.update === true && (await isFileCurrent(path, object.lastModified))) {
          meter.count(object.size);
          return false;
        }
        const force = options.force === true || options.update === true;
        const bytes = await downloadTo(client, object.key, {}, path, force, meter);
        doneBytes += bytes ?? 0;
        return bytes !== undefined;
      };

      const objects = client.objects({ prefix, maxKeys: 1000 });
      await inLanes(objects, jobsOf(options), async (object) => {
        const { key, size } = object;
        if (!isMeant(relativeName(key, prefix))) return;
        totalBytes += size;
        meter.expect(size);
        await batch.run(`download ${formatOssUri({ bucket, key })}`, () => downloadOne(object));
        meter.finishItem();
      });
    });
  } finally {
    meter.stop();
  }
  if (batch.total === 0) {
    throw new CommandError(`No object matches ${source}; there is nothing to download.`);
  }
  if (options.quiet !== true) {
    const counts = { ...batch, totalBytes, doneBytes };
    await print(formatSummary('download', counts, performance.now() - begin));
  }
  batch.finish('objects');
}
