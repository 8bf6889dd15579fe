// Cuts what a socket delivers into frames. A frame that came in one piece is not copied.
import { FrameError } from '../metadata/byte-cursor.ts';
import { frameBytesMax, headBytes } from './frames.ts';

export class FrameSplitter {
  readonly #onFrame: (frame: Buffer) => void;
  /** Begins with the head of a frame that is not whole yet. */
  #pieces: Buffer[] = [];
  #heldBytes = 0;
  /** Bytes of that frame and its head, once its head is there. */
  #wantedBytes = headBytes;

  /** Hears of each frame without its length; its memory stays as it is. */
  constructor(onFrame: (frame: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  /** Throws FrameError when what comes is no frame. */
  push(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#heldBytes += bytes.length;
    // Pieces are joined only when a frame is whole: large ones come in many.
    if (this.#heldBytes < this.#wantedBytes) return;
    const joined = this.#pieces.length === 1 ? bytes : Buffer.concat(this.#pieces);
    const rest = joined.subarray(this.#deliver(joined));
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#heldBytes = rest.length;
  }

  /** Returns how many bytes were frames. */
  #deliver(bytes: Buffer): number {
    let at = 0;
    for (;;) {
      this.#wantedBytes = headBytes;
      if (bytes.length - at < headBytes) return at;
      const length = bytes.readUInt32BE(at);
      if (length === 0 || length > frameBytesMax) {
        throw new FrameError(`A frame of ${length} bytes; 1 to ${frameBytesMax} are possible.`);
      }
      this.#wantedBytes = headBytes + length;
      if (bytes.length - at < this.#wantedBytes) return at;
      this.#onFrame(bytes.subarray(at + headBytes, at + this.#wantedBytes));
      at += this.#wantedBytes;
    }
  }
}
