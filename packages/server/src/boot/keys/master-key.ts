// The key that encrypts secrets at rest: from the environment, else a file of its own in the data
// folder, made on the first start (choices §9).
import { join } from 'node:path';
import type { Random } from '../../core/ports/random.ts';
import { readPrivateFile, writePrivateFile } from '../process/durable-file.ts';
import { ConfigurationError } from '../settings/errors.ts';

export const masterKeyBytes = 32;
/** Where an operator says it. */
const environmentName = 'OSSKEEP_MASTER_KEY';

/** `text`: base64. `source`: where it was said; a refusal names it. */
export function parseMasterKey(text: string, source: string = environmentName): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== masterKeyBytes) {
    throw new ConfigurationError(`${source} must be ${masterKeyBytes} bytes in base64.`);
  }
  return key;
}

export async function loadMasterKey(directory: string, random: Random): Promise<Buffer> {
  const path = join(directory, 'master.key');
  const kept = await readPrivateFile(path);
  if (kept !== undefined) return parseMasterKey(kept, path);
  const key = random.bytes(masterKeyBytes);
  // Durable before any secret is encrypted with it: without the key they could never be read again.
  await writePrivateFile(path, `${key.toString('base64')}\n`);
  return key;
}
