// CRC-64/XZ in WebAssembly, several times as fast as JavaScript. One instance serves every stream: it keeps
// nothing between calls but its tables.
import { crc64Wasm } from './crc64-wasm.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  prepare(): void;
  update(running: bigint, length: number): bigint;
}

/** Where the module reads its input, and how much at once (crc64.as). */
const inputOffset = 34_816;
const inputBytes = 65_536;

/** undefined where WebAssembly from bytes is refused, or has no vectors. */
export function makeCrc64WebAssembly():
  | ((running: bigint, chunk: Uint8Array) => bigint)
  | undefined {
  const exports = instantiate();
  if (exports === undefined) return undefined;
  exports.prepare();
  const input = new Uint8Array(exports.memory.buffer, inputOffset, inputBytes);
  return (running, chunk) => {
    if (chunk.length <= inputBytes) {
      input.set(chunk);
      return exports.update(running, chunk.length);
    }
    let crc = running;
    for (let at = 0; at < chunk.length; at += inputBytes) {
      const piece = chunk.subarray(at, at + inputBytes);
      input.set(piece);
      crc = exports.update(crc, piece.length);
    }
    return crc;
  };
}

function instantiate(): Exports | undefined {
  try {
    const bytes = Uint8Array.from(atob(crc64Wasm), (character) => character.charCodeAt(0));
    // Synchronous: the module is far below the size that browsers insist on compiling elsewhere.
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return instance.exports as unknown as Exports;
  } catch {
    return undefined;
  }
}
