// CRC-64/XZ (ECMA-182, reflected): the checksum OSS returns for every object
// (operations reference §3.2).
import { updateCrc64Javascript } from './crc64-javascript.ts';
import { makeCrc64WebAssembly } from './crc64-webassembly.ts';

/** Carries the inverted running value over a chunk; keeps nothing itself. */
export type Crc64Step = (running: bigint, chunk: Uint8Array) => bigint;

let fastest: Crc64Step | undefined;

function fastestStep(): Crc64Step {
  fastest ??= makeCrc64WebAssembly() ?? updateCrc64Javascript;
  return fastest;
}

/** A running CRC-64; `digest` may be called at any time. */
export class Crc64 {
  readonly #step: Crc64Step;
  #running = -1n;

  /** Without `step`: WebAssembly where the runtime allows it, else JavaScript. */
  constructor(step: Crc64Step = fastestStep()) {
    this.#step = step;
  }

  update(chunk: Uint8Array): this {
    if (chunk.length > 0) this.#running = this.#step(this.#running, chunk);
    return this;
  }

  /** Unsigned 64 bits. */
  digest(): bigint {
    return BigInt.asUintN(64, ~this.#running);
  }
}

export function crc64(bytes: Uint8Array): bigint {
  return new Crc64().update(bytes).digest();
}
