// What several stores over one storage see of the same key, for tests of what stores keep in memory.
import { expect, onTestFinished } from 'vitest';
import type { Bucket } from '../../src/core/buckets/bucket.ts';
import { type EngineName, Machine } from './machine.ts';
import { codeOf, getBucket, readAll, type TestStore } from './test-store.ts';

/** All that a reader sees of a key; reads twice, so that the second may come from the cache. */
export async function seen(test: TestStore, key = 'k'): Promise<unknown> {
  const once = async (): Promise<unknown> => {
    try {
      const at = await test.store.view({ bucket: 'bucket', key });
      const bucket = await test.store.buckets.get(at, 'bucket');
      const { object, bytes } = await test.store.objects.open(bucket, key, { at });
      const { smallBody, ...rest } = object;
      return { ...rest, content: (await readAll(bytes)).toString() };
    } catch (error) {
      return await codeOf(Promise.reject(error));
    }
  };
  const first = await once();
  expect(await once()).toEqual(first);
  return first;
}

/** One storage: a store that writes, another that reads, and one that keeps nothing. */
export class Stores {
  readonly writing: TestStore;
  readonly reading: TestStore;
  readonly forgetful: TestStore;

  private constructor(writing: TestStore, reading: TestStore, forgetful: TestStore) {
    this.writing = writing;
    this.reading = reading;
    this.forgetful = forgetful;
  }

  static async over(engine: EngineName): Promise<Stores> {
    const machine = await Machine.over(engine);
    const forgetful = await machine.boot({ objectCacheBytes: 0 });
    return new Stores(await machine.boot(), await machine.boot(), forgetful);
  }

  bucket(): Promise<Bucket> {
    return getBucket(this.writing);
  }

  async put(text: string, key = 'k'): Promise<string | undefined> {
    const { objects } = this.writing.store;
    const body = Buffer.from(text);
    return (await objects.put(await this.bucket(), key, { body })).versionId;
  }

  /** That all of them see the same, and gives it. */
  async seen(key = 'k'): Promise<unknown> {
    const truth = await seen(this.forgetful, key);
    expect(await seen(this.writing, key)).toEqual(truth);
    expect(await seen(this.reading, key)).toEqual(truth);
    return truth;
  }
}

/** Reads of an engine from now on, until the test ends: calls, and rows that were handed out in them. */
export function countReads({ metadata }: TestStore): { calls: number; rows: number } {
  const { read } = metadata;
  const counted = { calls: 0, rows: 0 };
  metadata.read = async (query) => {
    counted.calls += 1;
    const view = await read.call(metadata, query);
    const found = view.rows.filter((row) => row !== null && row !== 'unchanged');
    counted.rows += found.length + view.ranges.flat().length;
    return view;
  };
  onTestFinished(() => {
    metadata.read = read;
  });
  return counted;
}
