// The model test's bucket in process: a store over one engine, or the same store over two engines at
// once, whose every answer and every row must be the same.
import { OssError } from '@osskeep/protocol';
import { expect } from 'vitest';
import type { Bucket } from '../../../src/core/buckets/bucket.ts';
import { countersKey } from '../../../src/core/keys/body-keys.ts';
import type { Metadata } from '../../../src/core/ports/metadata.ts';
import type { Random } from '../../../src/core/ports/random.ts';
import { inlineBodyOverhead } from '../../../src/core/records/inline-body.ts';
import type { Versioning } from '../../../src/core/records/model.ts';
import type { StoredObject } from '../../../src/core/versions/stored-object.ts';
import { checkInvariants, rowsOf } from '../invariants.ts';
import { type EngineName, Machine } from '../machine.ts';
import { allBlobs, getBucket, owner, readAll, sweepAll, type TestStore } from '../test-store.ts';
import {
  type Deleted,
  type FoundObject,
  fingerprint,
  type ListedObjectFacts,
  type ListedVersionFacts,
  type ObjectsQuery,
  type Page,
  type Refused,
  type Subject,
  type Totals,
  type VersionsQuery,
} from './subject.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** What the refusal says to a client; anything else is a failure. */
function refusalOf(error: unknown): Refused {
  if (!(error instanceof OssError)) throw error;
  const { 'x-oss-delete-marker': isMarker, 'x-oss-version-id': markerId } = error.headers;
  return isMarker === 'true' ? { refused: error.code, markerId } : { refused: error.code };
}

function factsOf({ versionId, size, etag, mtimeMs }: StoredObject): FoundObject {
  return { versionId, size, etag, mtimeS: seconds(mtimeMs) };
}

export class StoreSubject implements Subject {
  readonly machine: Machine;
  readonly #wrap: (metadata: Metadata) => Metadata;
  #process!: TestStore;
  #bucket!: Bucket;

  private constructor(machine: Machine, wrap: (metadata: Metadata) => Metadata) {
    this.machine = machine;
    this.#wrap = wrap;
  }

  /** On a machine of its own, whose metadata may be broken by the wrapper. */
  static async open(
    engine: EngineName,
    random?: Random,
    wrap: (metadata: Metadata) => Metadata = (metadata) => metadata,
  ): Promise<StoreSubject> {
    const subject = new StoreSubject(await Machine.over(engine, random), wrap);
    await subject.#boot();
    await subject.#process.store.buckets.create('bucket', owner);
    await subject.#find();
    return subject;
  }

  get inlineBytesMax(): number {
    return this.machine.metadata.inlineBytesMax - inlineBodyOverhead;
  }

  nowS(): number {
    return seconds(this.machine.clock.now());
  }

  async put(key: string, body: Buffer): Promise<string | undefined> {
    return (await this.#objects.put(this.#bucket, key, { body })).versionId;
  }

  async delete(key: string, versionId?: string): Promise<Deleted | Refused> {
    return this.#objects.delete(this.#bucket, key, versionId).catch(refusalOf);
  }

  async get(key: string, versionId?: string) {
    try {
      const { object, bytes } = await this.#objects.open(this.#bucket, key, { versionId });
      return { ...factsOf(object), content: fingerprint(await readAll(bytes)) };
    } catch (error) {
      return refusalOf(error);
    }
  }

  async head(key: string, versionId?: string): Promise<FoundObject | Refused> {
    try {
      return factsOf(await this.#objects.get(this.#bucket, key, { versionId, method: 'HEAD' }));
    } catch (error) {
      return refusalOf(error);
    }
  }

  async list(query: ObjectsQuery): Promise<Page<ListedObjectFacts>> {
    const page = await this.#objects.list(this.#bucket, query);
    return {
      entries: page.objects.map(({ key, mtimeMs, size, etag }) => {
        return { key, mtimeS: seconds(mtimeMs), size, etag };
      }),
      prefixes: page.commonPrefixes,
      isTruncated: page.isTruncated,
      next: page.next === undefined ? undefined : { key: page.next },
    };
  }

  async listVersions(query: VersionsQuery): Promise<Page<ListedVersionFacts>> {
    const page = await this.#objects.listVersions(this.#bucket, query);
    return {
      entries: page.versions.map((version) => {
        const { key, versionId, isLatest, mtimeMs } = version;
        const facts = { key, versionId, isLatest, mtimeS: seconds(mtimeMs) };
        if (version.kind === 'DeleteMarker') return facts;
        return { ...facts, size: version.size, etag: version.etag };
      }),
      prefixes: page.commonPrefixes,
      isTruncated: page.isTruncated,
      next: page.next,
    };
  }

  async setVersioning(versioning: Exclude<Versioning, 'never'>): Promise<void> {
    await this.#process.store.buckets.setVersioning(this.#bucket, versioning);
    await this.#find();
  }

  async sweep(): Promise<void> {
    expect((await this.#process.store.sweeper.runOnce()).failures).toEqual([]);
    this.machine.clock.advance(40_000);
  }

  async restart(isClean: boolean): Promise<void> {
    if (isClean) await this.#process.store.close();
    await this.#boot();
    await this.#find();
  }

  async totals(): Promise<Totals> {
    const stat = await this.#process.store.buckets.stat(this.#bucket);
    const { bytes, objects } = stat.classes.Standard;
    return {
      bytes: Number(bytes),
      objects: Number(objects),
      markers: Number(stat.deleteMarkers),
    };
  }

  async checkRows(): Promise<void> {
    const { blobs, epoch } = this.#process;
    await checkInvariants(this.machine.metadata, blobs, [epoch]);
  }

  /** Invariant 14: with nothing live, a sweep leaves no body, no garbage and no file. */
  async finish(): Promise<void> {
    await sweepAll(this.#process);
    await sweepAll(this.#process);
    expect(await allBlobs(this.#process.blobs)).toEqual([]);
    for (const letter of 'OMVDG') expect(await rowsOf(this.machine.metadata, letter)).toEqual([]);
    await this.#process.store.buckets.delete(this.#bucket);
  }

  /** Every row but for its stamp, and the bucket's counters. */
  async rows(): Promise<string[]> {
    const rows: string[] = [];
    for (const letter of 'ACDEGHKMNOVWYy') {
      for (const { key, value } of await rowsOf(this.machine.metadata, letter)) {
        rows.push(`${key.toString('hex')} ${value.toString('hex')}`);
      }
    }
    const counters = await this.machine.metadata.counters(countersKey(this.#bucket.id, 0));
    return [...rows, counters.join()];
  }

  get #objects() {
    return this.#process.store.objects;
  }

  async #boot(): Promise<void> {
    const metadata = this.#wrap(this.machine.metadata);
    this.#process = await this.machine.boot({ metadata, exclusive: true });
  }

  async #find(): Promise<void> {
    this.#bucket = await getBucket(this.#process);
  }
}

/** Every call on both; answers must be equal. */
export class PairSubject implements Subject {
  readonly #one: StoreSubject;
  readonly #other: StoreSubject;

  private constructor(one: StoreSubject, other: StoreSubject) {
    this.#one = one;
    this.#other = other;
  }

  /** `random` makes a new source that gives the same. */
  static async open(random: () => Random): Promise<PairSubject> {
    return new PairSubject(
      await StoreSubject.open('memory', random()),
      await StoreSubject.open('embedded', random()),
    );
  }

  get inlineBytesMax(): number {
    expect(this.#other.inlineBytesMax).toBe(this.#one.inlineBytesMax);
    return this.#one.inlineBytesMax;
  }

  nowS(): number {
    return this.#one.nowS();
  }

  put(key: string, body: Buffer): Promise<string | undefined> {
    return this.#both((subject) => subject.put(key, body));
  }

  delete(key: string, versionId?: string): Promise<Deleted | Refused> {
    return this.#both((subject) => subject.delete(key, versionId));
  }

  get(key: string, versionId?: string) {
    return this.#both((subject) => subject.get(key, versionId));
  }

  head(key: string, versionId?: string): Promise<FoundObject | Refused> {
    return this.#both((subject) => subject.head(key, versionId));
  }

  list(query: ObjectsQuery): Promise<Page<ListedObjectFacts>> {
    return this.#both((subject) => subject.list(query));
  }

  listVersions(query: VersionsQuery): Promise<Page<ListedVersionFacts>> {
    return this.#both((subject) => subject.listVersions(query));
  }

  setVersioning(versioning: Exclude<Versioning, 'never'>): Promise<void> {
    return this.#both((subject) => subject.setVersioning(versioning));
  }

  sweep(): Promise<void> {
    return this.#both((subject) => subject.sweep());
  }

  restart(isClean: boolean): Promise<void> {
    return this.#both((subject) => subject.restart(isClean));
  }

  totals(): Promise<Totals> {
    return this.#both((subject) => subject.totals());
  }

  async checkRows(): Promise<void> {
    await this.#both((subject) => subject.checkRows());
    await this.#both((subject) => subject.rows());
  }

  finish(): Promise<void> {
    return this.#both((subject) => subject.finish());
  }

  async #both<Result>(work: (subject: StoreSubject) => Promise<Result>): Promise<Result> {
    const one = await work(this.#one);
    const other = await work(this.#other);
    expect(other).toEqual(one);
    return one;
  }
}
