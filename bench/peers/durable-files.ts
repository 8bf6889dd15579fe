// The peer of durable writes: one file an object, its bytes and its directory synced before the next is
// written, so many at a time. No HTTP, no signature, no metadata: less work than a server does.
import {
  closeSync,
  fdatasync,
  fsync,
  mkdirSync,
  mkdtempSync,
  open,
  openSync,
  rmSync,
  write,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const [openFile, writeFile, syncData, syncAll] = [open, write, fdatasync, fsync].map((call) =>
  promisify(call as (...args: never[]) => void),
) as unknown as [
  (path: string, flags: string) => Promise<number>,
  (fd: number, bytes: Buffer) => Promise<unknown>,
  (fd: number) => Promise<void>,
  (fd: number) => Promise<void>,
];

/** Objects a second. */
export async function writeFiles(
  writers: number,
  bytes: number,
  names: number,
  seconds: number,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'osskeep-files-'));
  mkdirSync(join(folder, 'objects'));
  const directory = openSync(join(folder, 'objects'), 'r');
  const body = Buffer.alloc(bytes, 'x');
  const began = performance.now();
  const until = began + seconds * 1000;
  let count = 0;
  const writer = async (): Promise<void> => {
    while (performance.now() < until) {
      const name = `object-${count % names}`;
      count += 1;
      const fd = await openFile(join(folder, 'objects', name), 'w');
      await writeFile(fd, body);
      await syncData(fd);
      closeSync(fd);
      await syncAll(directory);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const rate = count / ((performance.now() - began) / 1000);
  closeSync(directory);
  rmSync(folder, { recursive: true, force: true });
  return rate;
}

/** One large file, written in pieces and synced at the end. Resolves with what removes it. */
export async function writeLargeFile(bytes: number): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'osskeep-files-'));
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const fd = await openFile(join(folder, 'large'), 'w');
  for (let written = 0; written < bytes; written += piece.length) await writeFile(fd, piece);
  await syncData(fd);
  closeSync(fd);
  return () => rmSync(folder, { recursive: true, force: true });
}
