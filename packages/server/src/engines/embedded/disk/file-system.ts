// The little of a file system that blobs need. Tests replace it to fail the n-th call or to skip a
// sync; production has one implementation, on node:fs.

export interface OpenFile {
  /** Bytes written; may be fewer than given. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /**
   * The same, past the kernel's cache: of whole pages (`page-memory.ts`), to where a page of the file begins.
   * undefined when that cannot be; then nothing is written, and `write` is the way.
   */
  writePages(bytes: Uint8Array, position: number): Promise<number | undefined>;
  /** Bytes read into the buffer; 0 at the end. */
  read(buffer: Buffer, position: number): Promise<number>;
  /** Flushes data and size. */
  fdatasync(): Promise<void>;
  /** Bytes. */
  size(): Promise<number>;
  close(): Promise<void>;
}

export interface FileSystem {
  /** Exclusive, 0600, links not followed. */
  create(path: string): Promise<OpenFile>;
  /** Read only, links not followed. */
  open(path: string): Promise<OpenFile>;
  /** 0700; false when it was there. */
  makeDirectory(path: string): Promise<boolean>;
  /** An empty one. */
  removeDirectory(path: string): Promise<void>;
  /** Makes entries of a directory durable. */
  syncDirectory(path: string): Promise<void>;
  /** Names; empty when the directory is not there. */
  list(path: string): Promise<string[]>;
  /** An absent file is no error. */
  remove(path: string): Promise<void>;
}
