// Large bodies: hashed in a thread and written while the next bytes come. Same checksums and same bytes as
// the plain way; a fault anywhere ends the upload, and nothing of it goes on afterwards.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type BlobIntake,
  blobIntake,
  type IntakePorts,
} from '../../src/core/bodies/blob-intake.ts';
import { sliceBytes } from '../../src/core/bodies/body-digest.ts';
import type { BlobWriter, LentBuffers } from '../../src/core/ports/blobs.ts';
import { type Digests, noDigests } from '../../src/core/ports/digests.ts';
import { UploadMemory } from '../../src/engines/embedded/blobs/upload-memory.ts';
import { MemoryBlobs } from '../../src/engines/memory/memory-blobs.ts';
import { Md5Thread } from '../../src/platform/md5-thread.ts';
import { temporaryDirectory } from '../engines/temporary-directory.ts';
import { bodyOf } from '../support/bodies.ts';
import { systemRandom } from '../support/system-random.ts';

const thread = new Md5Thread();
afterAll(() => thread.close());

const whole = (id: Buffer, length: number) => ({ blob: id, offset: 0, length });
/** Of the engine's. */
const bufferBytes = 512 * 1024;
const uploadBytes = 4 * bufferBytes;

interface Overlapped {
  readonly intake: BlobIntake;
  /** Times the buffers were given back. */
  readonly returns: () => number;
}

function overlapped(writer: BlobWriter, digests: Digests = thread): Overlapped {
  const { lent, returns } = lentOnce();
  const intake = blobIntake({ blobs: { lend: () => lent }, digests }, writer, undefined);
  return { intake, returns };
}

/** Nothing is lent, and nothing hashes beside this thread. */
function plainly(writer: BlobWriter): BlobIntake {
  return blobIntake({ blobs: { lend: () => undefined }, digests: noDigests }, writer, undefined);
}

/** The engine's buffers, and how often they came back. */
function lentOnce(): { lent: LentBuffers; returns: () => number } {
  let returns = 0;
  const { buffers } = new UploadMemory(uploadBytes).lend() as LentBuffers;
  const giveBack = (): void => {
    returns += 1;
  };
  return { lent: { buffers, giveBack }, returns: () => returns };
}

async function writeAll(intake: BlobIntake, bytes: Uint8Array, pieceBytes = sliceBytes) {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = Buffer.from(bytes.subarray(at, at + pieceBytes));
    await intake.write(piece);
    // The caller's memory is its own again.
    piece.fill(0);
  }
}

/** A writer whose calls do as told. */
function writerWith(write: (chunk: Uint8Array) => Promise<void>): BlobWriter {
  const unexpected = async (): Promise<never> => {
    throw new Error('not asked for here');
  };
  return { id: Buffer.alloc(16), write, commit: unexpected, abort: unexpected };
}

/** A thread that runs another program. */
async function threadOf(program: string): Promise<Md5Thread> {
  const file = join(await temporaryDirectory(), 'program.mjs');
  await writeFile(file, program);
  return new Md5Thread(pathToFileURL(file));
}

test('bytes and checksums are those of the plain way, however the bytes come', async () => {
  const sizes = fc.oneof(
    fc.nat(uploadBytes * 2),
    fc.constantFrom(0, 1, bufferBytes, uploadBytes, uploadBytes + 1),
  );
  const cases = fc.tuple(sizes, fc.integer({ min: 1_000, max: sliceBytes }), fc.nat());
  await fc.assert(
    fc.asyncProperty(cases, async ([size, pieceBytes, seed]) => {
      const bytes = bodyOf({ seed, size });
      const blobs = new MemoryBlobs({ epoch: Buffer.alloc(6), random: systemRandom });
      const [plainWriter, writer] = [await blobs.create(), await blobs.create()];
      const plain = plainly(plainWriter);
      const { intake, returns } = overlapped(writer);
      await Promise.all([plain, intake].map((each) => writeAll(each, bytes, pieceBytes)));
      expect(await intake.finish()).toEqual(await plain.finish());
      await intake.stop();
      expect(returns()).toBe(1);
      await writer.commit();
      const stored: Buffer[] = [];
      for await (const piece of blobs.read(whole(writer.id, size), 0, size)) stored.push(piece);
      expect(Buffer.concat(stored).equals(bytes)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('uploads side by side share the thread', async () => {
  const bodies = Array.from({ length: 6 }, (_, seed) => bodyOf({ seed, size: 3_000_000 + seed }));
  const digests = await Promise.all(
    bodies.map(async (bytes) => {
      const { intake } = overlapped(writerWith(async () => undefined));
      await writeAll(intake, bytes);
      return intake.finish();
    }),
  );
  const plain = await Promise.all(
    bodies.map(async (bytes) => {
      const intake = plainly(writerWith(async () => undefined));
      await writeAll(intake, bytes);
      return intake.finish();
    }),
  );
  expect(digests).toEqual(plain);
});

test('a disk that does not keep up holds the body back', async () => {
  const disk = Promise.withResolvers<void>();
  let writes = 0;
  const { intake, returns } = overlapped(
    writerWith(() => {
      writes += 1;
      return disk.promise;
    }),
  );
  let taken = 0;
  const slice = Buffer.alloc(sliceBytes);
  const writing = (async () => {
    while (taken < 3 * uploadBytes) {
      await intake.write(slice);
      taken += slice.length;
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(taken).toBe(uploadBytes);
  expect(writes).toBe(1);
  disk.resolve();
  await writing;
  await intake.finish();
  expect(writes).toBe(taken / bufferBytes);
  expect(returns()).toBe(1);
});

describe('a fault ends the upload', () => {
  test('a write that fails; none follows it', async () => {
    let writes = 0;
    const { intake, returns } = overlapped(
      writerWith(async () => {
        writes += 1;
        if (writes === 2) throw new Error('disk full');
      }),
    );
    const put = writeAll(intake, bodyOf({ seed: 1, size: 3 * uploadBytes }));
    await expect(put.then(() => intake.finish())).rejects.toThrow('disk full');
    await intake.stop();
    expect(writes).toBe(2);
    expect(returns()).toBe(1);
  });

  test('a last write that fails is told by finish', async () => {
    const { intake, returns } = overlapped(
      writerWith(async () => {
        throw new Error('disk full');
      }),
    );
    await intake.write(Buffer.alloc(1_000));
    await expect(intake.finish()).rejects.toThrow('disk full');
    expect(returns()).toBe(0);
    await intake.stop();
    expect(returns()).toBe(1);
  });

  test.each([
    ['does not start', 'this is no program'],
    ['fails at once', 'throw new Error("no");'],
    [
      'ends before it answers',
      'import { parentPort } from "node:worker_threads";' +
        'parentPort.once("message", () => process.exit(0));',
    ],
    [
      'fails at its second message',
      'import { parentPort } from "node:worker_threads"; let n = 0;' +
        'parentPort.on("message", () => { n += 1; if (n > 1) throw new Error("no");' +
        'parentPort.postMessage(undefined); });',
    ],
  ])('a thread that %s', async (_how, program) => {
    const broken = await threadOf(program);
    let written = 0;
    const { intake, returns } = overlapped(
      writerWith(async (chunk) => {
        written += chunk.length;
      }),
      broken,
    );
    const put = writeAll(intake, bodyOf({ seed: 1, size: 3 * uploadBytes }));
    await expect(put.then(() => intake.finish())).rejects.toThrow('thread that counts MD5');
    await intake.stop();
    expect(returns()).toBe(1);
    expect(written).toBeLessThanOrEqual(3 * uploadBytes);
    await broken.close();
  });

  test('after a thread that ended the next upload has a new one', async () => {
    // The server's own program, but for a body of 666 bytes.
    const real = new URL('../../src/platform/md5-worker.ts', import.meta.url);
    const mortal = await threadOf(
      'import { parentPort } from "node:worker_threads";' +
        'parentPort.on("message", ({ bytes }) => { if (bytes?.length === 666) process.exit(1); });' +
        `await import(${JSON.stringify(real.href)});`,
    );
    const write = async (bytes: Buffer): Promise<string> => {
      const { intake } = overlapped(
        writerWith(async () => undefined),
        mortal,
      );
      try {
        await intake.write(bytes);
        return (await intake.finish()).md5.toString('hex');
      } finally {
        await intake.stop();
      }
    };
    await expect(write(Buffer.alloc(666))).rejects.toThrow('thread that counts MD5');
    expect(await write(Buffer.from('abc'))).toBe('900150983cd24fb0d6963f7d28e17f72');
    await mortal.close();
  });
});

test('stopping waits for what is under way, and starts nothing', async () => {
  const disk = Promise.withResolvers<void>();
  let isWriting = false;
  let writes = 0;
  const { intake, returns } = overlapped(
    writerWith(async () => {
      writes += 1;
      isWriting = true;
      await disk.promise;
      isWriting = false;
    }),
  );
  await writeAll(intake, Buffer.alloc(bufferBytes + 1_000));
  let isStopped = false;
  const stopping = intake.stop().then(() => {
    isStopped = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([isWriting, isStopped, returns()]).toEqual([true, false, 0]);
  disk.resolve();
  await stopping;
  expect([isWriting, writes, returns()]).toEqual([false, 1, 1]);
});

describe('which way a body goes', () => {
  const large = 1024 * 1024;
  const never = (): never => {
    throw new Error('not asked for here');
  };

  /** How the first bytes of a body go on: gathered in lent memory, or written at once. */
  async function wayOf(ports: IntakePorts, length: number | undefined): Promise<string> {
    let written = 0;
    const writer = writerWith(async (chunk) => {
      written += chunk.length;
    });
    const intake = blobIntake(ports, writer, length);
    await intake.write(Buffer.alloc(1_000));
    const way = written === 0 ? 'overlapped' : 'plainly';
    await intake.stop();
    return way;
  }

  test.each([
    ['large', large],
    ['of no announced length', undefined],
  ])('overlapped: %s', async (_what, length) => {
    const { lent, returns } = lentOnce();
    expect(await wayOf({ blobs: { lend: () => lent }, digests: thread }, length)).toBe(
      'overlapped',
    );
    expect(returns()).toBe(1);
  });

  test('plainly: small, and nothing is asked for', async () => {
    const ports = { blobs: { lend: never }, digests: { md5: never } };
    expect(await wayOf(ports, large - 1)).toBe('plainly');
  });

  test('plainly: no memory is left, and no thread is asked for', async () => {
    const ports = { blobs: { lend: () => undefined }, digests: { md5: never } };
    expect(await wayOf(ports, large)).toBe('plainly');
  });

  test('plainly: nothing hashes beside this thread, and the memory goes back', async () => {
    const { lent, returns } = lentOnce();
    expect(await wayOf({ blobs: { lend: () => lent }, digests: noDigests }, large)).toBe('plainly');
    expect(returns()).toBe(1);
  });
});
