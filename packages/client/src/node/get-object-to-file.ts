// Downloads to a file that is whole or not there.
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GetObjectInput } from '@osskeep/protocol';
import type { GotObject } from '../calls/objects.ts';
import type { OssClient } from '../client.ts';
import type { CallOptions } from '../requests/call-options.ts';
import { nodeFetch } from './node-fetch.ts';

/**
 * Downloads an object to a file, replacing one of that name. The bytes go to a temporary file beside it,
 * which takes the name when length and CRC-64 were right and everything is on disk. The object's bytes
 * are written as they are stored, also where Content-Encoding says they are compressed.
 *
 * `path` is used as it is: whoever makes it from a key must see to it that the key leads nowhere else.
 */
export async function getObjectToFile(
  client: OssClient,
  key: string,
  path: string,
  options: CallOptions & GetObjectInput = {},
): Promise<Omit<GotObject, 'body'>> {
  const fetch = options.fetch ?? client.fetch ?? nodeFetch;
  const { body, ...head } = await client.getObject(key, { ...options, fetch });
  const temporary = join(dirname(path), `.osskeep-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeNew(temporary, body);
    await rename(temporary, path);
  } catch (failure) {
    await body.cancel();
    await rm(temporary, { force: true });
    throw failure;
  }
  return head;
}

async function writeNew(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  // `wx` follows no link that someone has laid at this name.
  await using file = await open(path, 'wx');
  for await (const chunk of chunks) {
    let rest = chunk;
    while (rest.length > 0) {
      const { bytesWritten } = await file.write(rest);
      rest = rest.subarray(bytesWritten);
    }
  }
  await file.datasync();
}
