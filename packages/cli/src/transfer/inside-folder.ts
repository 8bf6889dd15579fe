// Makes the folders of a recursive download and sees to it that they lie in the folder that was named:
// a link that is already there may lead anywhere, and the server chooses the keys.
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { CommandError } from '../failures/failures.ts';

export class InsideFolder {
  readonly path: string;
  readonly #root: Promise<string>;
  /** Folders that were looked at, by their names joined. */
  readonly #known = new Map<string, Promise<string>>();

  constructor(path: string) {
    this.path = path;
    this.#root = mkdir(path, { recursive: true }).then(() => realpath(path));
  }

  /** The path of a folder below, made where it is not there. */
  folder(names: readonly string[]): Promise<string> {
    if (names.length === 0) return this.#root.then(() => this.path);
    const id = names.join('/');
    let found = this.#known.get(id);
    if (found === undefined) {
      found = this.#make(names);
      this.#known.set(id, found);
    }
    return found;
  }

  async #make(names: readonly string[]): Promise<string> {
    const path = join(await this.folder(names.slice(0, -1)), names.at(-1) ?? '');
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = await lstat(path);
    if (found.isDirectory()) return path;
    const target = found.isSymbolicLink() ? await realpath(path).catch(() => '') : '';
    const root = await this.#root;
    if (!`${target}${sep}`.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)) {
      throw new CommandError(`${path} is no folder, or a link that leads out of ${this.path}.`);
    }
    return path;
  }
}
