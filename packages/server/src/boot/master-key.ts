// The key that encrypts secrets at rest: from the environment, else a file of its own in the data
// folder, made on the first start (design §9).
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../core/ports/random.ts';
import { ConfigurationError } from './errors.ts';

export const masterKeyBytes = 32;

export function parseMasterKey(text: string, source: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== masterKeyBytes) {
    throw new ConfigurationError(`${source} must be ${masterKeyBytes} bytes in base64.`);
  }
  return key;
}

export async function loadMasterKey(directory: string, random: Random): Promise<Buffer> {
  const path = join(directory, 'master.key');
  try {
    return parseMasterKey(await readFile(path, 'utf8'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = random.bytes(masterKeyBytes);
  // Durable before any secret is encrypted with it: without the key they could never be read again.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return key;
}
