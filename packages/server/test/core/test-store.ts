// Opens a store for a test: engines by name, a clock that the test moves, no timers of its own.

import type { Bucket } from '../../src/core/buckets/bucket.ts';
import type { Blobs } from '../../src/core/ports/blobs.ts';
import type { Clock } from '../../src/core/ports/clock.ts';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import { systemRandom } from '../../src/core/ports/random.ts';
import type { Owner, Versioning } from '../../src/core/records/model.ts';
import { openStore, type Store, type StoreOptions } from '../../src/core/store.ts';
import { MemoryBlobs } from '../../src/engines/memory/memory-blobs.ts';
import { MemoryMetadata } from '../../src/engines/memory/memory-metadata.ts';

export class TestClock implements Clock {
  wallMs = Date.UTC(2026, 0, 2, 3, 4, 5);
  monotonicMs = 1_000;

  now(): number {
    return this.wallMs;
  }

  monotonic(): number {
    return this.monotonicMs;
  }

  advance(ms: number): void {
    this.wallMs += ms;
    this.monotonicMs += ms;
  }
}

export const owner: Owner = { id: '1234567890', displayName: 'owner' };
export const stranger: Owner = { id: '666', displayName: 'stranger' };
export const masterKey: Buffer = Buffer.alloc(32, 7);
export const graceMs = 60_000;

export interface TestStore {
  readonly store: Store;
  readonly metadata: Metadata;
  readonly blobs: Blobs;
  readonly clock: TestClock;
  readonly epoch: Buffer;
}

type Extra = Partial<StoreOptions>;

/** A store in memory of its own, or over given engines as another process would open it. */
export async function openTestStore(extra: Extra = {}): Promise<TestStore> {
  const clock = (extra.clock as TestClock | undefined) ?? new TestClock();
  const epoch = extra.epoch ?? systemRandom.bytes(6);
  const metadata = extra.metadata ?? new MemoryMetadata();
  const blobs = extra.blobs ?? new MemoryBlobs({ epoch });
  const store = await openStore({
    region: 'cn-hangzhou',
    masterKey,
    graceMs,
    sweepIntervalMs: 0,
    heartbeatIntervalMs: 0,
    blockPublicAccess: false,
    ...extra,
    metadata,
    blobs,
    epoch,
    clock,
  });
  return { store, metadata, blobs, clock, epoch };
}

export async function createBucket(
  { store }: Pick<TestStore, 'store'>,
  name = 'bucket',
  versioning: Versioning = 'never',
): Promise<Bucket> {
  await store.buckets.create(name, owner);
  if (versioning !== 'never') {
    await store.buckets.setVersioning(await getBucket({ store }, name), 'enabled');
  }
  if (versioning === 'suspended') {
    await store.buckets.setVersioning(await getBucket({ store }, name), 'suspended');
  }
  return getBucket({ store }, name);
}

export async function getBucket(
  { store }: Pick<TestStore, 'store'>,
  name = 'bucket',
): Promise<Bucket> {
  return store.buckets.get(await store.snapshot(), name);
}

export async function readAll(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (bytes instanceof Uint8Array) return Buffer.from(bytes);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function contentOf(
  { store }: Pick<TestStore, 'store'>,
  bucket: Bucket,
  key: string,
  versionId?: string,
): Promise<Buffer> {
  const { bytes } = await store.objects.open(bucket, key, { versionId });
  return readAll(bytes);
}

/** Sweeps until nothing that is due is left: observe, grace, mark and remove. */
export async function sweepAll({ store, clock }: TestStore): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    const { failures } = await store.sweeper.runOnce();
    if (failures.length > 0) throw failures[0];
    clock.advance(graceMs + 1);
  }
}

/** Every blob there is, by its id in hexadecimal. */
export async function allBlobs(blobs: Blobs): Promise<string[]> {
  const ids: string[] = [];
  for (const epoch of await blobs.epochs()) {
    for await (const id of blobs.list(epoch)) ids.push(id.toString('hex'));
  }
  return ids;
}

/** The refusal's code, or undefined when it was none. */
export async function codeOf(work: unknown): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

export async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Keys that break careless code; all of them are ordinary keys. */
export const hostileKeys: readonly string[] = [
  '__proto__',
  'constructor',
  '..',
  '../..',
  'a//b',
  'a/',
  ' ',
  '%2F',
  '%00',
  'a+b c',
  '\u0001\n\f\u0007',
  '😀',
  '\ue000',
  '\uffff',
  '中文/文件.txt',
  'a?b&c=d#e',
  'x'.repeat(1023),
  '中'.repeat(341),
];
