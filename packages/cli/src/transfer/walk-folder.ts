// The files of a folder, for an upload. Links to files count as files; links to folders are not
// followed, they may lead round in a circle or out of the folder.
import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface FoundFile {
  readonly kind: 'file';
  readonly path: string;
  /** Relative to the folder, with "/" between segments. */
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What cannot be uploaded, and why. */
export interface NoFile {
  readonly kind: 'none';
  readonly path: string;
  readonly name: string;
  readonly reason: unknown;
}

export type Found = FoundFile | NoFile;

function describe(found: Stats, isLink: boolean): string {
  if (found.isDirectory() && isLink) return 'It is a link to a folder, which is not followed.';
  return 'It is no regular file.';
}

async function look(path: string, name: string, isLink: boolean): Promise<Found> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { kind: 'none', path, name, reason: describe(found, isLink) };
    return { kind: 'file', path, name, size: found.size, mtimeMs: found.mtimeMs };
  } catch (reason) {
    return { kind: 'none', path, name, reason };
  }
}

/** In the order of names, folder by folder. */
export async function* walkFolder(folder: string, below = ''): AsyncGenerator<Found> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    const path = join(folder, name);
    if (!entry.isDirectory()) {
      yield await look(path, name, entry.isSymbolicLink());
      continue;
    }
    try {
      yield* walkFolder(folder, name);
    } catch (reason) {
      yield { kind: 'none', path, name, reason };
    }
  }
}
