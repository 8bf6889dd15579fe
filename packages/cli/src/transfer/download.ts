// `osskeep cp` downwards: one object becomes a file or goes to standard output.
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { connect } from '../connection.ts';
import { attempt } from '../failures.ts';
import { formatOssUri, parseObjectUri } from '../oss-uri.ts';
import type { CopyOptions } from './copy-options.ts';
import { localName } from './local-name.ts';
import { formatSummary } from './summary.ts';
import { checkWritable, writeFileWhole } from './write-file.ts';

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Where a download goes: into a folder under the key's last segment, else to the named file. */
export async function downloadPath(target: string, key: string): Promise<string> {
  const named = target.endsWith('/') || (process.platform === 'win32' && target.endsWith('\\'));
  return named || (await isFolder(target)) ? join(target, localName(key)) : target;
}

export async function download(
  source: string,
  target: string,
  options: CopyOptions,
): Promise<void> {
  const { bucket, key } = parseObjectUri(source);
  const version = options.versionId === undefined ? {} : { versionId: options.versionId };
  const begin = performance.now();
  await attempt(`download ${formatOssUri({ bucket, key })}`, async () => {
    if (target === '-') {
      const client = await connect(options, bucket);
      const object = await client.getObject(key, version);
      await pipeline(object.body, process.stdout, { end: false });
      return;
    }
    const path = await downloadPath(target, key);
    const force = options.force === true;
    await checkWritable(path, force);
    const client = await connect(options, bucket);
    const bytes = await writeFileWhole(path, force, async (temporary) => {
      const object = await client.getObject(key, version);
      // Length and CRC-64 are compared as the last bytes pass; a body that differs throws here.
      await pipeline(object.body, createWriteStream(temporary));
      return (await stat(temporary)).size;
    });
    process.stdout.write(formatSummary('download', bytes, performance.now() - begin));
  });
}
