// Hashing beside the thread that serves requests. MD5 is half of what taking in a large body costs, and cannot
// be split; where the machine can count it elsewhere, everything else goes on meanwhile.

export interface Digests {
  /** Begins one; undefined where nothing would be gained, and after `close`: the caller then counts itself. */
  md5(): Md5Stream | undefined;
  /** Resolves when nothing of it runs any more; what was under way has failed. Safe to call twice. */
  close(): Promise<void>;
}

/** One MD5, to be ended by `digest` or by `drop`. When it cannot be counted on, every call rejects. */
export interface Md5Stream {
  /**
   * Resolves when they are hashed; until then they must stay as they are. They should lie in memory that
   * threads share (`LentBuffers`): anything else is copied first, whatever it is a piece of included.
   */
  update(bytes: Uint8Array): Promise<void>;
  /** 16 bytes. */
  digest(): Promise<Buffer>;
  /** Nobody wants the digest; resolves after all updates. */
  drop(): Promise<void>;
}

/** Everybody counts for themselves. */
export const noDigests: Digests = { md5: () => undefined, close: async () => undefined };
