// Small documents in files: read whole, written without losing what is there.
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { attempt, CommandError } from '../failures/failures.ts';
import { visible } from '../output/visible.ts';
import { confirm } from '../terminal/confirm.ts';

/** Larger than any document the service takes. */
const bytesMax = 1024 * 1024;

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bytesMax) throw new CommandError('Standard input is too large for a document.');
  }
  return Buffer.concat(chunks);
}

/** `-` is standard input. */
export function readDocumentFile(path: string): Promise<Uint8Array> {
  return attempt(`read ${path}`, async () => {
    if (path === '-') return readInput();
    const { size } = await stat(path);
    if (size > bytesMax) throw new CommandError(`${path} is too large for a document.`);
    return readFile(path);
  });
}

/** Asks before it replaces a file. False: nothing was written. */
export function writeDocumentFile(path: string, text: string, force: boolean): Promise<boolean> {
  return attempt(`write ${path}`, async () => {
    try {
      await using file = await open(path, force ? 'w' : 'wx');
      await file.writeFile(text);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!(await confirm(`overwrite "${visible(path)}"`))) return false;
    await writeFile(path, text);
    return true;
  });
}
