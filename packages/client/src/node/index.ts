// File helpers for Node: streams a file up, and down without ever leaving a torn one.
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { GetObjectInput, PutObjectOutput } from '@osskeep/protocol';
import type { CallOptions, GotObject, OssClient, PutObjectOptions } from '../client.ts';

/** Uploads a file as one object, at most 5 GiB. */
export async function putObjectFromFile(
  client: OssClient,
  key: string,
  path: string,
  options: PutObjectOptions = {},
): Promise<PutObjectOutput> {
  const { size } = await stat(path);
  // A small file is sent from memory: it can be sent again when an attempt fails.
  if (size <= repeatableBytesMax) {
    const { readFile } = await import('node:fs/promises');
    return client.putObject(key, await readFile(path), options);
  }
  return client.putObject(key, createReadStream(path, { highWaterMark: 256 * 1024 }), options);
}

const repeatableBytesMax = 8 * 1024 * 1024;

/**
 * Downloads an object to a file. The bytes go to a temporary file beside it, which takes its name only
 * when length and CRC-64 were right.
 */
export async function getObjectToFile(
  client: OssClient,
  key: string,
  path: string,
  options: CallOptions & GetObjectInput = {},
): Promise<Omit<GotObject, 'body'>> {
  const { body, ...head } = await client.getObject(key, options);
  const temporary = join(dirname(path), `.osskeep-${randomBytes(6).toString('hex')}`);
  try {
    await pipeline(body, createWriteStream(temporary, { flags: 'wx' }));
    await rename(temporary, path);
  } catch (failure) {
    await unlink(temporary).catch(() => undefined);
    throw failure;
  }
  return head;
}
