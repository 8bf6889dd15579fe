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

export class PageMemory {
  readonly #buffer: ArrayBufferLike;
  readonly #isOfPages: boolean;

  private constructor(buffer: ArrayBufferLike, isOfPages: boolean) {
    this.#buffer = buffer;
    this.#isOfPages = isOfPages;
  }

  /** Zeros, at least so many bytes, in one piece; given back when nobody has it any more. */
  static allocate(bytes: number): PageMemory {
    const units = Math.ceil(bytes / unitBytes);
    try {
      // There is none with --jitless, and no room for one where address space is short.
      const { WebAssembly } = globalThis as unknown as {
        readonly WebAssembly: { readonly Memory: WebAssemblyMemory };
      };
      const { buffer } = new WebAssembly.Memory({ initial: units, maximum: units, shared: true });
      return new PageMemory(buffer, true);
    } catch {
      // It begins anywhere: a disk cannot take it as it lies.
      return new PageMemory(new SharedArrayBuffer(units * unitBytes), false);
    }
  }

  /** A piece of it. */
  piece(from: number, length: number): Buffer {
    return Buffer.from(this.#buffer, from, length);
  }

  /** They are a piece of it, and begin and end with pages of the machine. */
  hasWholePages({ buffer, byteOffset, length }: Uint8Array): boolean {
    return (
      this.#isOfPages &&
      buffer === this.#buffer &&
      byteOffset % pageBytes === 0 &&
      length % pageBytes === 0
    );
  }
}

export function isPageStart(position: number): boolean {
  return position % pageBytes === 0;
}
