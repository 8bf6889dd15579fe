// The blob port with a file per blob: `epoch/group/id`, where a group holds 4,096 ids of one process, so
// that after a crash only a few directories have to be looked at (metadata model §9).
import { join } from 'node:path';
import type { BlobId, Blobs, BlobWriter, Extent } from '../../core/ports/blobs.ts';
import type { FileSystem } from '../../core/ports/file-system.ts';
import type { Random } from '../../core/ports/random.ts';
import { BlobIds, blobCounter, blobIdBytes, checkBlobId, epochBytes } from '../blob-ids.ts';
import { checkSpan } from '../check-span.ts';
import { BatchedSync } from './batched-sync.ts';
import { readBlob } from './blob-reader.ts';
import { FileBlobWriter } from './blob-writer.ts';

const groupBits = 12;

export interface FileBlobsOptions {
  /** Exists already and is durable. */
  readonly directory: string;
  /** 6 bytes that no process used before. */
  readonly epoch: Buffer;
  readonly random: Random;
  readonly fileSystem: FileSystem;
}

interface Group {
  readonly path: string;
  readonly sync: BatchedSync;
}

function groupName(counter: number): string {
  return (counter >>> groupBits).toString(16).padStart(5, '0');
}

export class FileBlobs implements Blobs {
  readonly #directory: string;
  readonly #epochPath: string;
  readonly #fileSystem: FileSystem;
  readonly #ids: BlobIds;
  readonly #groups = new Map<string, Promise<Group>>();

  private constructor({ directory, epoch, random, fileSystem }: FileBlobsOptions) {
    this.#directory = directory;
    this.#epochPath = join(directory, epoch.toString('hex'));
    this.#fileSystem = fileSystem;
    this.#ids = new BlobIds(epoch, random);
  }

  /** Makes this process's first directories, so that no request has to. */
  static async open(options: FileBlobsOptions): Promise<FileBlobs> {
    const blobs = new FileBlobs(options);
    await options.fileSystem.makeDirectory(blobs.#epochPath);
    await options.fileSystem.syncDirectory(options.directory);
    await blobs.#group(0);
    return blobs;
  }

  async create(): Promise<BlobWriter> {
    const id = this.#ids.next();
    const counter = blobCounter(id);
    const group = await this.#group(counter);
    // The next one in advance: its making and syncing then cost no request anything.
    void this.#group(counter + (1 << groupBits)).catch(() => undefined);
    const path = join(group.path, id.toString('hex'));
    const file = await this.#fileSystem.create(path);
    return new FileBlobWriter(id, path, file, this.#fileSystem, () => group.sync.run());
  }

  read(extent: Extent, from: number, to: number): AsyncIterable<Buffer> {
    checkSpan(extent, from, to);
    const { offset, length } = extent;
    const path = this.#pathOf(extent.blob);
    return readBlob(this.#fileSystem, path, offset + from, offset + to, offset + length);
  }

  remove(id: BlobId): Promise<void> {
    return this.#fileSystem.remove(this.#pathOf(id));
  }

  async *list(epoch: Buffer): AsyncGenerator<BlobId, void, undefined> {
    const epochPath = join(this.#directory, epoch.toString('hex'));
    for (const group of await this.#fileSystem.list(epochPath)) {
      for (const name of await this.#fileSystem.list(join(epochPath, group))) {
        if (name.length === blobIdBytes * 2 && /^[0-9a-f]+$/.test(name)) {
          yield Buffer.from(name, 'hex');
        }
      }
    }
  }

  async epochs(): Promise<Buffer[]> {
    const names = await this.#fileSystem.list(this.#directory);
    return names
      .filter((name) => name.length === epochBytes * 2 && /^[0-9a-f]+$/.test(name))
      .map((name) => Buffer.from(name, 'hex'));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#groups.values());
  }

  #pathOf(id: BlobId): string {
    const text = checkBlobId(id).toString('hex');
    const epoch = text.slice(0, epochBytes * 2);
    return join(this.#directory, epoch, groupName(blobCounter(id)), text);
  }

  #group(counter: number): Promise<Group> {
    const name = groupName(counter);
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = this.#makeGroup(name);
      this.#groups.set(name, group);
      // A failure is told to whoever waits; the next blob tries again.
      group.catch(() => this.#groups.delete(name));
    }
    return group;
  }

  async #makeGroup(name: string): Promise<Group> {
    const path = join(this.#epochPath, name);
    await this.#fileSystem.makeDirectory(path);
    await this.#fileSystem.syncDirectory(this.#epochPath);
    return { path, sync: new BatchedSync(() => this.#fileSystem.syncDirectory(path)) };
  }
}
