// For --update: what is there is at least as new as what would be copied. Times of OSS are whole seconds.
import { stat } from 'node:fs/promises';
import type { OssClient } from '@osskeep/client';
import { isRefusal } from '../failures/report-failure.ts';

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

export async function isObjectCurrent(
  client: OssClient,
  key: string,
  file: { readonly mtimeMs: number },
): Promise<boolean> {
  try {
    const { lastModified = 0 } = await client.getObjectMeta(key);
    return seconds(lastModified) >= seconds(file.mtimeMs);
  } catch (error) {
    if (isRefusal(error) && error.status === 404 && error.code !== 'NoSuchBucket') return false;
    throw error;
  }
}

export async function isFileCurrent(path: string, lastModified = 0): Promise<boolean> {
  try {
    return seconds((await stat(path)).mtimeMs) >= seconds(lastModified);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
