// Writes and reads numbers and byte strings, one after the other: frames of the commit socket, records of the
// journal that earlier versions kept. All integers are big-endian; a byte string follows its length.

/** Bytes that are no frame of ours: the two sides do not understand each other. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export class ByteWriter {
  readonly #bytes: Buffer;
  #at = 0;

  /** What will be written has exactly this length. */
  constructor(length: number) {
    this.#bytes = Buffer.allocUnsafe(length);
  }

  u8(value: number): void {
    this.#at = this.#bytes.writeUInt8(value, this.#at);
  }

  u16(value: number): void {
    this.#at = this.#bytes.writeUInt16BE(value, this.#at);
  }

  u32(value: number): void {
    this.#at = this.#bytes.writeUInt32BE(value, this.#at);
  }

  u64(value: bigint): void {
    this.#at = this.#bytes.writeBigUInt64BE(value, this.#at);
  }

  i64(value: bigint): void {
    this.#at = this.#bytes.writeBigInt64BE(value, this.#at);
  }

  raw(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  short(bytes: Uint8Array): void {
    this.u16(bytes.length);
    this.raw(bytes);
  }

  long(bytes: Uint8Array): void {
    this.u32(bytes.length);
    this.raw(bytes);
  }

  finish(): Buffer {
    if (this.#at !== this.#bytes.length) throw new FrameError('A frame was measured wrongly.');
    return this.#bytes;
  }
}

export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  u16(): number {
    return this.#bytes.readUInt16BE(this.#take(2));
  }

  u32(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  u64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#take(8));
  }

  i64(): bigint {
    return this.#bytes.readBigInt64BE(this.#take(8));
  }

  /** Shares memory with the frame. */
  raw(length: number): Buffer {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  short(): Buffer {
    return this.raw(this.u16());
  }

  long(): Buffer {
    return this.raw(this.u32());
  }

  rest(): Buffer {
    return this.raw(this.#bytes.length - this.#at);
  }

  finish(): void {
    if (this.#at !== this.#bytes.length)
      throw new FrameError('A frame is longer than what it says.');
  }

  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw new FrameError('A frame is shorter than it says.');
    this.#at = at + length;
    return at;
  }
}
