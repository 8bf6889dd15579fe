// The bytes of a blob on their way to a client. The first chunk is read and verified before the
// stream is given out, so that a missing or damaged blob is still an error and not a broken answer.
import type { CoreContext } from '../context/context.ts';
import type { StoredExtent } from '../records/body.ts';

/** To be iterated to its end, or closed: until then its blob is kept from the sweep. */
export class BodyStream implements AsyncIterable<Uint8Array> {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #unpin: () => void;
  #first: IteratorResult<Uint8Array> | undefined;

  private constructor(
    chunks: AsyncIterator<Uint8Array>,
    first: IteratorResult<Uint8Array>,
    unpin: () => void,
  ) {
    this.#chunks = chunks;
    this.#first = first;
    this.#unpin = unpin;
  }

  static async open(
    core: CoreContext,
    extent: StoredExtent,
    from: number,
    to: number,
  ): Promise<BodyStream> {
    if (extent.encoding !== 0) throw new Error(`extent encoding ${extent.encoding} is unknown`);
    const unpin = core.pins.pin(extent.id);
    try {
      const { id, offset, length } = extent;
      const bytes = core.blobs.read({ blob: id, offset, length }, from, to);
      const chunks = bytes[Symbol.asyncIterator]();
      return new BodyStream(chunks, await chunks.next(), unpin);
    } catch (error) {
      unpin();
      throw error;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      let result = this.#first ?? (await this.#chunks.next());
      this.#first = undefined;
      while (!result.done) {
        yield result.value;
        result = await this.#chunks.next();
      }
    } finally {
      await this.close();
    }
  }

  /** Needed only when the stream is not iterated to its end; harmless after it. */
  async close(): Promise<void> {
    try {
      await this.#chunks.return?.();
    } finally {
      this.#unpin();
    }
  }
}
