// `osskeep cp` upwards: a file or standard input becomes one object.
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { OssClient, PutObjectOptions } from '@osskeep/client';
import { formatOssUri, type OssUri, parseOssUri } from '../arguments/oss-uri.ts';
import { attempt, CommandError, UsageError } from '../failures/failures.ts';
import { print } from '../output/print.ts';
import { connect } from '../settings/connection.ts';
import type { CopyOptions } from './copy-options.ts';
import { countingFetch } from './counting-fetch.ts';
import { isObjectCurrent } from './is-current.ts';
import { Meter } from './meter.ts';
import { guarded } from './overwrite.ts';
import { formatSummary, oneOf } from './summary.ts';

/** What one request can carry; larger objects need a multipart upload. */
const bytesMax = 5 * 1024 ** 3;

/** The key an upload gets: a bucket or a key ending in "/" takes the file's own name. */
function uploadKey(key: string, source: string): string {
  if (key !== '' && !key.endsWith('/')) return key;
  if (source === '-') {
    throw new UsageError('Standard input has no name; write the whole key: oss://bucket/key.');
  }
  return key + basename(source);
}

export async function findSource(source: string): Promise<Stats> {
  try {
    return await stat(source);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CommandError(`There is no file ${source}.`, { cause: error });
  }
}

function checkSource(source: string, found: Stats): void {
  if (found.isDirectory()) {
    throw new CommandError(`${source} is a folder.`, { hint: 'Add -r to upload what it holds.' });
  }
  if (!found.isFile()) {
    throw new CommandError(`${source} is no regular file.`, {
      hint: 'Pipe it in instead: osskeep cp - oss://bucket/key < SOURCE',
    });
  }
}

/** What an upload says of the object, from the flags. */
export function putOptions(options: CopyOptions): PutObjectOptions {
  return {
    ...(options.acl === undefined ? {} : { objectAcl: options.acl }),
    ...(options.storageClass === undefined ? {} : { storageClass: options.storageClass }),
    ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
  };
}

export interface LocalFile {
  readonly path: string;
  readonly size: number;
}

/** Uploads one file. False: something was there and stays. */
export async function uploadFile(
  client: OssClient,
  { path, size }: LocalFile,
  uri: OssUri,
  put: PutObjectOptions,
  force: boolean,
  meter: Meter,
): Promise<boolean> {
  if (size > bytesMax) {
    throw new CommandError(
      `${path} is larger than 5 GiB, the most that one request can carry; osskeep cp does not yet ` +
        'upload in parts.',
    );
  }
  const { nodeFetch, putObjectFromFile } = await import('@osskeep/client/node');
  const done = await guarded(force, formatOssUri(uri), meter, async (mayReplace) => {
    const fetch = meter.isShown
      ? countingFetch(nodeFetch, (bytes) => meter.count(bytes))
      : undefined;
    return putObjectFromFile(client, uri.key, path, {
      ...put,
      forbidOverwrite: !mayReplace,
      ...(fetch === undefined ? {} : { fetch }),
    });
  });
  meter.finishItem();
  return done !== undefined;
}

/** Standard input, counted while it passes. */
function countedInput(count: (bytes: number) => void): ReadableStream<Uint8Array> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      count(chunk.length);
      yield chunk;
    }
  }
  return Readable.toWeb(
    Readable.from(chunks(), { objectMode: false }),
  ) as ReadableStream<Uint8Array>;
}

async function uploadInput(client: OssClient, key: string, options: CopyOptions, meter: Meter) {
  let size = 0;
  meter.expect(undefined);
  const body = countedInput((bytes) => {
    size += bytes;
    meter.count(bytes);
  });
  await client.putObject(key, body, {
    ...putOptions(options),
    forbidOverwrite: options.force !== true,
  });
  return size;
}

export async function upload(source: string, target: string, options: CopyOptions): Promise<void> {
  const { bucket, key: wanted } = parseOssUri(target);
  const key = uploadKey(wanted, source);
  const begin = performance.now();
  const meter = new Meter(options);
  try {
    const bytes = await attempt(`upload to ${formatOssUri({ bucket, key })}`, async () => {
      if (source === '-') {
        return uploadInput(await connect(options, bucket), key, options, meter);
      }
      const found = await findSource(source);
      checkSource(source, found);
      const client = await connect(options, bucket);
      const file = { path: source, size: found.size };
      meter.expect(found.size);
      if (options.update === true && (await isObjectCurrent(client, key, found))) return undefined;
      const force = options.force === true || options.update === true;
      const uri = { bucket, key };
      const isDone = await uploadFile(client, file, uri, putOptions(options), force, meter);
      return isDone ? found.size : undefined;
    });
    meter.stop();
    if (options.quiet === true) return;
    await print(formatSummary('upload', oneOf(bytes), performance.now() - begin));
  } finally {
    meter.stop();
  }
}
