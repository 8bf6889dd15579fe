// `osskeep cp` downwards: one object becomes a file or goes to standard output.
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { GotObject, OssClient } from '@osskeep/client';
import { formatOssUri, parseObjectUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { print } from '../output/print.ts';
import { visible } from '../output/visible.ts';
import { connect } from '../settings/connection.ts';
import type { CopyOptions } from './copy-options.ts';
import { isFileCurrent } from './is-current.ts';
import { localName } from './local-name.ts';
import { Meter } from './meter.ts';
import { guarded } from './overwrite.ts';
import { formatSummary, oneOf } from './summary.ts';
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
async function downloadPath(target: string, key: string): Promise<string> {
  const named = target.endsWith('/') || (process.platform === 'win32' && target.endsWith('\\'));
  return named || (await isFolder(target)) ? join(target, localName(key)) : target;
}

/** Length and CRC-64 are compared as the last bytes pass; a body that differs throws here. */
async function* countedBody({ body }: GotObject, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    meter.count(chunk.length);
    yield chunk;
  }
}

type Version = { readonly versionId?: string };

/** Downloads one object to a path. undefined: a file was there and stays. */
export async function downloadTo(
  client: OssClient,
  key: string,
  version: Version,
  path: string,
  force: boolean,
  meter: Meter,
): Promise<number | undefined> {
  return guarded(force, visible(path), meter, async (mayReplace) => {
    await checkWritable(path, mayReplace);
    return writeFileWhole(path, mayReplace, async (temporary) => {
      const object = await client.getObject(key, version);
      const body = meter.isShown ? countedBody(object, meter) : object.body;
      await pipeline(body, createWriteStream(temporary));
      return (await stat(temporary)).size;
    });
  });
}

/** One object whose size and age are asked for first, where they matter. */
async function downloadUnlessCurrent(
  client: OssClient,
  key: string,
  version: Version,
  path: string,
  options: CopyOptions,
  meter: Meter,
): Promise<number | undefined> {
  const isUpdate = options.update === true;
  if (meter.isShown || isUpdate) {
    const { contentLength, lastModified } = await client.getObjectMeta(key, version);
    meter.expect(contentLength);
    if (isUpdate && (await isFileCurrent(path, lastModified))) return undefined;
  }
  return downloadTo(client, key, version, path, options.force === true || isUpdate, meter);
}

export async function download(
  source: string,
  target: string,
  options: CopyOptions,
): Promise<void> {
  const { bucket, key } = parseObjectUri(source);
  const version: Version = options.versionId === undefined ? {} : { versionId: options.versionId };
  const begin = performance.now();
  const meter = new Meter(options);
  try {
    await attempt(`download ${formatOssUri({ bucket, key })}`, async () => {
      if (target === '-') {
        const client = await connect(options, bucket);
        const object = await client.getObject(key, version);
        meter.expect(object.contentLength);
        await pipeline(countedBody(object, meter), process.stdout, { end: false });
        return;
      }
      const path = await downloadPath(target, key);
      const force = options.force === true || options.update === true;
      // A file in the way is told before anything is asked for.
      if (process.stdin.isTTY !== true) await checkWritable(path, force);
      const client = await connect(options, bucket);
      const bytes = await downloadUnlessCurrent(client, key, version, path, options, meter);
      meter.stop();
      if (options.quiet === true) return;
      await print(formatSummary('download', oneOf(bytes), performance.now() - begin));
    });
  } finally {
    meter.stop();
  }
}
