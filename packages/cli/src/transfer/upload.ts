// `osskeep cp` upwards: a file or standard input becomes one object.
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { connect } from '../connection.ts';
import { attempt, CommandError, UsageError } from '../failures.ts';
import { formatOssUri, parseOssUri } from '../oss-uri.ts';
import type { CopyOptions } from './copy-options.ts';
import { formatSummary } from './summary.ts';

/** The key an upload gets: a bucket or a key ending in "/" takes the file's own name. */
export function uploadKey(key: string, source: string): string {
  if (key !== '' && !key.endsWith('/')) return key;
  if (source === '-') {
    throw new UsageError('Standard input has no name; write the whole key: oss://bucket/key.');
  }
  return key + basename(source);
}

async function checkSource(source: string): Promise<number> {
  let found: Stats;
  try {
    found = await stat(source);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CommandError(`There is no file ${source}.`, { cause: error });
  }
  if (found.isDirectory()) {
    throw new CommandError(`${source} is a folder; osskeep cp takes one file at a time.`);
  }
  if (!found.isFile()) {
    throw new CommandError(`${source} is no regular file.`, {
      hint: 'Pipe it in instead: osskeep cp - oss://bucket/key < SOURCE',
    });
  }
  return found.size;
}

/** Standard input, counted while it passes. */
function countedInput(): { body: ReadableStream<Uint8Array>; bytes: () => number } {
  let bytes = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return {
    body: Readable.toWeb(
      Readable.from(chunks(), { objectMode: false }),
    ) as ReadableStream<Uint8Array>,
    bytes: () => bytes,
  };
}

export async function upload(source: string, target: string, options: CopyOptions): Promise<void> {
  const { bucket, key: wanted } = parseOssUri(target);
  const key = uploadKey(wanted, source);
  const begin = performance.now();
  const bytes = await attempt(`upload to ${formatOssUri({ bucket, key })}`, async () => {
    const size = source === '-' ? undefined : await checkSource(source);
    const client = await connect(options, bucket);
    const put = {
      forbidOverwrite: options.force !== true,
      ...(options.acl === undefined ? {} : { objectAcl: options.acl }),
      ...(options.storageClass === undefined ? {} : { storageClass: options.storageClass }),
      ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
    };
    if (size === undefined) {
      const input = countedInput();
      await client.putObject(key, input.body, put);
      return input.bytes();
    }
    const { putObjectFromFile } = await import('@osskeep/client/node');
    await putObjectFromFile(client, key, source, put);
    return size;
  });
  process.stdout.write(formatSummary('upload', bytes, performance.now() - begin));
}
