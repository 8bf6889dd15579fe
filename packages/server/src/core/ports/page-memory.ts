// Memory that begins with a page of the machine, and that threads share: what a disk can take as it lies
// there, past the kernel's cache. JavaScript does not tell where memory is; WebAssembly's begins with a page.

/** What disks and file systems ask for is this or less. */
const pageBytes = 4_096;
/** What WebAssembly counts its memory in. */
const unitBytes = 65_536;

const memories = new WeakSet<ArrayBufferLike>();

/** Zeros, at least so many bytes, in one piece. Where there is no WebAssembly it begins anywhere. */
export function allocatePages(bytes: number): SharedArrayBuffer {
  const units = Math.ceil(bytes / unitBytes);
  // Node run with --jitless has none.
  if (typeof WebAssembly === 'undefined') return new SharedArrayBuffer(units * unitBytes);
  const memory = new WebAssembly.Memory({ initial: units, maximum: units, shared: true });
  const buffer = memory.buffer as unknown as SharedArrayBuffer;
  memories.add(buffer);
  return buffer;
}

/** The bytes begin and end with pages. False where that is not known. */
export function isWholePages({ buffer, byteOffset, length }: Uint8Array): boolean {
  return memories.has(buffer) && byteOffset % pageBytes === 0 && length % pageBytes === 0;
}

export function isPageStart(position: number): boolean {
  return position % pageBytes === 0;
}
