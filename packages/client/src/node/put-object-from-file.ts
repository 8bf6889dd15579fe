// Uploads a file.
import { type FileHandle, open } from 'node:fs/promises';
import type { PutObjectOutput } from '@osskeep/protocol';
import type { UploadBody } from '../bodies/body.ts';
import type { PutObjectOptions } from '../calls/objects.ts';
import type { OssClient } from '../client.ts';
import { mediaType } from './media-type.ts';

/** Larger files are streamed, in chunks of this size. */
const chunkBytes = 256 * 1024;

/**
 * Uploads a file as one object, at most 5 GiB, in constant memory. A failed attempt begins anew from the
 * same open file. `contentType` is told from the name unless it is given.
 */
export async function putObjectFromFile(
  client: OssClient,
  key: string,
  path: string,
  options: PutObjectOptions = {},
): Promise<PutObjectOutput> {
  await using file = await open(path, 'r');
  const found = await file.stat();
  const contentType = options.contentType ?? mediaType(path);
  const more = contentType === undefined ? options : { ...options, contentType };
  if (!found.isFile()) {
    // A pipe or a terminal: no length, and no second reading.
    return await client.putObject(key, file.createReadStream({ autoClose: false }), more);
  }
  const body = await fileBody(file, found.size);
  return await client.putObject(key, body, { ...more, contentLength: found.size });
}

async function fileBody(file: FileHandle, size: number): Promise<UploadBody> {
  if (size > chunkBytes) return () => chunks(file, size);
  const whole = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await file.read(whole, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return whole.subarray(0, at);
}

/** Reads by position, so that each attempt begins at the start; never beyond the size first seen. */
async function* chunks(
  file: FileHandle,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  while (at < size) {
    const chunk = new Uint8Array(Math.min(chunkBytes, size - at));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}
