// Memory that begins with a page of the machine, and that threads share: what a disk can take as it lies
// there, past the kernel's cache. JavaScript does not tell where memory is; WebAssembly's begins with a page.

/** What disks and file systems ask for is this or less. */
const pageBytes = 4_096;
/** What WebAssembly counts its memory in. */
const unitBytes = 65_536;

/** As far as it is used here: its types come with those of browsers. */
interface WebAssemblyMemory {
  new (size: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }): { readonly buffer: ArrayBufferLike };
}

const memories = new WeakSet<ArrayBufferLike>();

/** Zeros, at least so many bytes, in one piece. Where WebAssembly is refused it begins anywhere. */
export function allocatePages(bytes: number): ArrayBufferLike {
  const units = Math.ceil(bytes / unitBytes);
  try {
    // There is none with --jitless, and no room for one where address space is short.
    const { WebAssembly } = globalThis as unknown as {
      readonly WebAssembly: { readonly Memory: WebAssemblyMemory };
    };
    const { buffer } = new WebAssembly.Memory({ initial: units, maximum: units, shared: true });
    memories.add(buffer);
    return buffer;
  } catch {
    return new SharedArrayBuffer(units * unitBytes);
  }
}

/** The bytes begin and end with pages. False where that is not known. */
export function isWholePages({ buffer, byteOffset, length }: Uint8Array): boolean {
  return memories.has(buffer) && byteOffset % pageBytes === 0 && length % pageBytes === 0;
}

export function isPageStart(position: number): boolean {
  return position % pageBytes === 0;
}
