// Which blobs this process is reading right now: the sweep leaves them alone however old they are.
import { type BlobId, blobName } from '../ports/blob-id.ts';

export class ReaderPins {
  readonly #readers = new Map<string, number>();

  /** Returns what takes the pin away again; calling that twice does no harm. */
  pin(blob: BlobId): () => void {
    const name = blobName(blob);
    this.#readers.set(name, (this.#readers.get(name) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const readers = (this.#readers.get(name) ?? 1) - 1;
      if (readers === 0) this.#readers.delete(name);
      else this.#readers.set(name, readers);
    };
  }

  isPinned(blob: BlobId): boolean {
    return this.#readers.has(blobName(blob));
  }
}
