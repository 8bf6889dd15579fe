// The blob port with a file per blob: `epoch/group/id`, where a group holds 4,096 ids of one process, so
// that after a crash only a few directories have to be looked at (metadata model §9).
import { join } from 'node:path';
import {
  type BlobId,
  blobCounter,
  blobCountersMax,
  blobEpoch,
  blobIdBytes,
  checkBlobId,
  epochBytes,
} from '../../../core/ports/blob-id.ts';
import type { Blobs, BlobWriter, Extent, LentBuffers } from '../../../core/ports/blobs.ts';
import type { Random } from '../../../core/ports/random.ts';
import { BlobIds } from '../../blob-ids.ts';
import { checkSpan } from '../../check-span.ts';
import { DirectorySyncs } from '../disk/directory-syncs.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { readBlob } from './blob-reader.ts';
import { FileBlobWriter } from './blob-writer.ts';
import { UploadMemory } from './upload-memory.ts';

const idsOfGroup = 4_096;
const hexPattern = /^[0-9a-f]+$/;

export interface FileBlobsOptions {
  /** Exists already and is durable. */
  readonly directory: string;
  /** 6 bytes that no process used before. */
  readonly epoch: Buffer;
  readonly random: Random;
  readonly fileSystem: FileSystem;
  /** Large writes pass by the kernel's cache where the file system can; true when absent. */
  readonly directWrites?: boolean | undefined;
  /** Memory lent to large bodies, 2 MiB each; further ones do without. */
  readonly uploadBufferBytes: number;
}

export class FileBlobs implements Blobs {
  readonly #directory: string;
  readonly #epochPath: string;
  readonly #fileSystem: FileSystem;
  readonly #ids: BlobIds;
  readonly #syncs: DirectorySyncs;
  readonly #memory: UploadMemory;
  readonly #writesDirectly: boolean;
  /** Directories of new blobs, by group: the one in use and the next. */
  readonly #groups = new Map<number, Promise<string>>();
  #isClosed = false;

  private constructor(options: FileBlobsOptions) {
    const { directory, epoch, random, fileSystem, directWrites = true } = options;
    this.#directory = directory;
    this.#epochPath = join(directory, epoch.toString('hex'));
    this.#fileSystem = fileSystem;
    this.#ids = new BlobIds(epoch, random);
    this.#memory = new UploadMemory(options.uploadBufferBytes);
    this.#writesDirectly = directWrites;
    this.#syncs = new DirectorySyncs((path) => fileSystem.syncDirectory(path));
  }

  /** Makes this process's first directories, so that no request has to. */
  static async open(options: FileBlobsOptions): Promise<FileBlobs> {
    const blobs = new FileBlobs(options);
    await options.fileSystem.makeDirectory(blobs.#epochPath);
    await options.fileSystem.syncDirectory(options.directory);
    await blobs.#groupPath(0);
    return blobs;
  }

  async create(): Promise<BlobWriter> {
    this.#checkOpen();
    const id = this.#ids.next();
    const counter = blobCounter(id);
    const directory = await this.#groupPath(groupOf(counter));
    this.#prepareNext(counter);
    const path = join(directory, id.toString('hex'));
    const file = await this.#fileSystem.create(path);
    const syncDirectory = (): Promise<void> => this.#syncs.run(directory);
    const direct = this.#writesDirectly ? this.#memory : undefined;
    return new FileBlobWriter({ id, path, file, syncDirectory }, this.#fileSystem, direct);
  }

  lend(): LentBuffers | undefined {
    return this.#memory.lend();
  }

  async *read(extent: Extent, from: number, to: number): AsyncGenerator<Buffer, void, undefined> {
    this.#checkOpen();
    const span = checkSpan(extent, from, to);
    const id = checkBlobId(extent.blob);
    if (span.from === span.to) return;
    const end = extent.offset + extent.length;
    yield* readBlob(this.#fileSystem, this.#pathOf(id), { id, ...span, end });
  }

  async remove(id: BlobId): Promise<void> {
    this.#checkOpen();
    await this.#fileSystem.remove(this.#pathOf(id));
    // The row that queued the removal goes next: after a power cut nobody would look for a file that
    // came back. An absent file is synced too, since whoever removed it may not have come so far.
    await this.#syncs.run(this.#directoryOf(id)).catch(ignoreAbsent);
  }

  async *list(epoch: Buffer): AsyncGenerator<BlobId, void, undefined> {
    this.#checkOpen();
    const prefix = epoch.toString('hex');
    const epochPath = join(this.#directory, prefix);
    for (const group of (await this.#fileSystem.list(epochPath)).sort()) {
      for (const name of (await this.#fileSystem.list(join(epochPath, group))).sort()) {
        if (!isHex(name, blobIdBytes) || !name.startsWith(prefix)) continue;
        yield Buffer.from(name, 'hex');
      }
    }
  }

  async epochs(): Promise<Buffer[]> {
    this.#checkOpen();
    const found: Buffer[] = [];
    for (const name of await this.#fileSystem.list(this.#directory)) {
      if (!isHex(name, epochBytes)) continue;
      const epoch = Buffer.from(name, 'hex');
      for await (const _blob of this.list(epoch)) {
        found.push(epoch);
        break;
      }
    }
    return found;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#memory.close();
    await Promise.allSettled(this.#groups.values());
  }

  #pathOf(id: BlobId): string {
    return join(this.#directoryOf(id), id.toString('hex'));
  }

  #directoryOf(id: BlobId): string {
    const epoch = blobEpoch(checkBlobId(id)).toString('hex');
    return join(this.#directory, epoch, groupName(groupOf(blobCounter(id))));
  }

  /** In advance, so that making and syncing a directory costs no request anything. */
  #prepareNext(counter: number): void {
    const next = groupOf(counter) + 1;
    if (next * idsOfGroup >= blobCountersMax || this.#groups.has(next)) return;
    this.#groupPath(next).catch(() => undefined);
    this.#groups.delete(next - 2);
  }

  #groupPath(group: number): Promise<string> {
    const made = this.#groups.get(group);
    if (made !== undefined) return made;
    const making = this.#makeGroup(group);
    this.#groups.set(group, making);
    // A failure is told to whoever waits; the next blob tries again.
    making.catch(() => this.#groups.delete(group));
    return making;
  }

  async #makeGroup(group: number): Promise<string> {
    const path = join(this.#epochPath, groupName(group));
    if (!(await this.#fileSystem.makeDirectory(path))) {
      // Left by a try whose sync failed. A second sync of the same entry could lie: make it anew.
      await this.#fileSystem.removeDirectory(path);
      await this.#fileSystem.makeDirectory(path);
    }
    await this.#syncs.run(this.#epochPath);
    return path;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new Error('The blob engine is closed.');
  }
}

function groupOf(counter: number): number {
  return Math.floor(counter / idsOfGroup);
}

function groupName(group: number): string {
  return group.toString(16).padStart(5, '0');
}

function isHex(name: string, bytes: number): boolean {
  return name.length === bytes * 2 && hexPattern.test(name);
}

function ignoreAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
