// Takes in a body: small ones stay in memory and become a row beside their version, larger ones
// spill into a blob while they come. Everything the sender said about the body is checked before
// the blob is made durable. Order of the steps: durability reference §3.1.
import { ossError } from '@osskeep/protocol';
import type { CommitSubject } from '../context/commit-subject.ts';
import type { CoreContext } from '../context/context.ts';
import { isCertainlyUndone } from '../context/transact.ts';
import {
  bodyIdBytes,
  inlineBodyId,
  inlineBodyKey,
  inlineBodyRandomBytes,
} from '../keys/body-keys.ts';
import type { BlobWriter } from '../ports/blobs.ts';
import { type Body, noBody } from '../records/body.ts';
import { inlineBodyOverhead, sealInlineBody } from '../records/inline-body.ts';
import { type BlobIntake, blobIntake } from './blob-intake.ts';
import { type Digest, digestOf, sliceBytes } from './body-digest.ts';

const objectBytesMax: number = 5 * 1024 ** 3;

/** The bytes of a body in the order they come. */
export interface BodyChunks extends AsyncIterable<Uint8Array> {
  /** All of it, where it is there already; nobody iterates it then. */
  atHand?(): Uint8Array | undefined;
  /** Told of a chunk that is stored, and whose memory nobody needs any more. */
  release?(chunk: Uint8Array): void;
}

export interface BodyInput {
  readonly body: Uint8Array | BodyChunks;
  /** Announced length; the body must have exactly so many bytes. */
  readonly length?: number | undefined;
  /** 5 GiB when absent. */
  readonly lengthMax?: number | undefined;
  /** 16 bytes. */
  readonly contentMd5?: Uint8Array | undefined;
  readonly crc64?: bigint | undefined;
  /** Throws once nobody waits for it any more. */
  readonly signal?: Pick<AbortSignal, 'throwIfAborted'> | undefined;
}

/** A body that is stored, or will be by the commit that names it. */
export interface TakenBody extends Digest {
  readonly size: number;
  readonly body: Body;
  /** The row of an inline body. */
  readonly row: { readonly key: Buffer; readonly value: Buffer } | undefined;
}

export class BodyIntake {
  readonly #core: CoreContext;
  readonly #input: BodyInput;
  readonly #lengthMax: number;
  readonly #inlineMax: number;
  #held: Uint8Array[] = [];
  #size = 0;
  #writer: BlobWriter | undefined;
  #blob: BlobIntake | undefined;
  #isBlobDurable = false;

  constructor(core: CoreContext, input: BodyInput) {
    this.#core = core;
    this.#input = input;
    this.#lengthMax = input.lengthMax ?? objectBytesMax;
    this.#inlineMax = core.metadata.inlineBytesMax - inlineBodyOverhead;
    if (input.length !== undefined) this.#checkLengthMax(input.length);
    if (input.contentMd5 !== undefined && input.contentMd5.length !== 16) {
      throw ossError('MalformedDigest');
    }
  }

  /** Reads the body to its end. What it threw must be told to `abandon`. */
  async take(): Promise<TakenBody> {
    const { body, signal } = this.#input;
    signal?.throwIfAborted();
    if (body instanceof Uint8Array) await this.#write(body);
    else await this.#takeChunks(body);
    signal?.throwIfAborted();
    if (this.#input.length !== undefined && this.#size !== this.#input.length) {
      throw ossError('IncompleteBody');
    }
    return this.#writer === undefined || this.#blob === undefined
      ? this.#finishInline()
      : this.#finishBlob(this.#writer, this.#blob);
  }

  /** The commit that names the body is durable. */
  named(): void {
    if (this.#writer !== undefined) this.#core.lease.decided(this.#writer.id);
  }

  /**
   * Taking or committing failed: removes the blob, unless the commit, which was about `subject`, may have
   * been made.
   */
  async abandon(failure: unknown, subject: CommitSubject): Promise<void> {
    this.#held = [];
    const writer = this.#writer;
    if (writer === undefined) return;
    // Else a write under way could meet the file after it was removed.
    await this.#blob?.stop();
    const { blobs, clock, lease } = this.#core;
    if (this.#isBlobDurable && !isCertainlyUndone(failure)) {
      lease.leaveToSweep(writer.id, subject, clock.monotonic());
      return;
    }
    try {
      if (this.#isBlobDurable) await blobs.remove(writer.id);
      else await writer.abort();
      lease.decided(writer.id);
    } catch {
      lease.leaveToSweep(writer.id, subject, clock.monotonic());
    }
  }

  async #takeChunks(body: BodyChunks): Promise<void> {
    const whole = body.atHand?.();
    if (whole !== undefined) return this.#write(whole);
    for await (const chunk of body) {
      await this.#write(chunk);
      // An inline body is still in its chunks.
      if (this.#blob !== undefined) body.release?.(chunk);
    }
  }

  async #write(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      this.#input.signal?.throwIfAborted();
      await this.#writeSlice(chunk.subarray(at, at + sliceBytes));
    }
  }

  async #writeSlice(slice: Uint8Array): Promise<void> {
    this.#size += slice.length;
    const { length } = this.#input;
    if (length !== undefined && this.#size > length) throw ossError('IncompleteBody');
    this.#checkLengthMax(this.#size);
    if (this.#blob === undefined && this.#size <= this.#inlineMax) {
      this.#held.push(slice);
      return;
    }
    this.#blob ??= await this.#spill();
    await this.#blob.write(slice);
  }

  async #spill(): Promise<BlobIntake> {
    const { blobs, lease } = this.#core;
    // Both known from here on, so that a failing write finds what is to be stopped and aborted.
    this.#writer = await lease.createBlob(blobs);
    const blob = blobIntake(this.#core, this.#writer, this.#input.length);
    this.#blob = blob;
    for (const slice of this.#held) await blob.write(slice);
    this.#held = [];
    return blob;
  }

  #finishInline(): TakenBody {
    const value = Buffer.allocUnsafeSlow(inlineBodyOverhead + this.#size);
    let at = inlineBodyOverhead;
    for (const slice of this.#held) {
      value.set(slice, at);
      at += slice.length;
    }
    this.#held = [];
    const digest = digestOf(value.subarray(inlineBodyOverhead));
    this.#verify(digest);
    if (this.#size === 0) return { ...digest, size: 0, body: noBody, row: undefined };
    const { clock, random } = this.#core;
    const id = inlineBodyId(clock.now(), random.bytes(inlineBodyRandomBytes));
    const row = { key: inlineBodyKey(id), value: sealInlineBody(value) };
    return { ...digest, size: this.#size, body: this.#single('inline', id), row };
  }

  async #finishBlob(writer: BlobWriter, blob: BlobIntake): Promise<TakenBody> {
    const digest = await blob.finish();
    this.#verify(digest);
    const { length } = await writer.commit();
    this.#isBlobDurable = true;
    // A disk that lied about a write is found here, before anything is acknowledged.
    if (length !== this.#size) throw new Error(`blob has ${length} bytes, not ${this.#size}`);
    return { ...digest, size: this.#size, body: this.#single('blob', writer.id), row: undefined };
  }

  #single(storage: 'inline' | 'blob', id: Buffer): Body {
    const bodyId = this.#core.random.bytes(bodyIdBytes);
    const extent = { storage, id, offset: 0, length: this.#size, encoding: 0, dataKeyId: 0 };
    return { kind: 'single', bodyId, extent };
  }

  #verify({ md5, crc64 }: Digest): void {
    const { contentMd5, crc64: announced } = this.#input;
    if (contentMd5 !== undefined && !md5.equals(contentMd5)) {
      throw ossError('InvalidDigest', {
        ExpectedDigest: Buffer.from(contentMd5).toString('base64'),
        CalculatedDigest: md5.toString('base64'),
      });
    }
    if (announced !== undefined && announced !== crc64) {
      throw ossError('InvalidCRC64', {
        ClientCRC64: announced.toString(),
        ServerCRC64: crc64.toString(),
      });
    }
  }

  #checkLengthMax(length: number): void {
    if (length <= this.#lengthMax) return;
    const details = { MaxSizeAllowed: String(this.#lengthMax), ProposedSize: String(length) };
    throw ossError('EntityTooLarge', details, { closeConnection: true });
  }
}
