// The model test's bucket over the wire: a server, signed requests to it, answers read as an SDK would.
import { expect } from 'vitest';
import type { Versioning } from '../../../src/core/records/model.ts';
import type { GatewayUnderTest } from '../../support/gateway-under-test.ts';
import type { Answer, SignedRequests } from '../../support/signed-requests.ts';
import { VersionedBucket, type WireRefusal } from '../../support/versioned-bucket.ts';
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

export interface WireServer {
  readonly gateway: GatewayUnderTest;
  readonly requests: SignedRequests;
  readonly inlineBytesMax: number;
  /** Looks at rows and files below the wire. */
  readonly checkRows: () => Promise<void>;
}

const statusWords = { enabled: 'Enabled', suspended: 'Suspended' } as const;
let nextBucket = 1;

export class WireSubject implements Subject {
  readonly #server: WireServer;
  readonly #bucket: VersionedBucket;
  #versioning: Versioning = 'never';

  private constructor(server: WireServer, bucket: VersionedBucket) {
    this.#server = server;
    this.#bucket = bucket;
  }

  /** A bucket of its own on a server that others share. */
  static async open(server: WireServer): Promise<WireSubject> {
    const bucket = new VersionedBucket(server.requests, `model-${nextBucket}`);
    nextBucket += 1;
    await bucket.create();
    return new WireSubject(server, bucket);
  }

  get inlineBytesMax(): number {
    return this.#server.inlineBytesMax;
  }

  nowS(): number {
    return Math.floor(this.#server.gateway.clock.now() / 1000);
  }

  async put(key: string, body: Buffer): Promise<string | undefined> {
    return this.#bucket.put(key, body);
  }

  async delete(key: string, versionId?: string): Promise<Deleted> {
    const { headers } = await this.#bucket.delete(key, versionId);
    const isDeleteMarker = headers.get('x-oss-delete-marker') === 'true';
    return { versionId: headers.get('x-oss-version-id'), isDeleteMarker };
  }

  async get(key: string, versionId?: string) {
    const answer = await this.#bucket.read('GET', key, versionId);
    if ('code' in answer) return this.#refused(answer);
    const { body } = answer;
    expect(answer.headers.get('content-length')).toBe(String(body.length));
    return { ...foundObject(answer), content: fingerprint(body) };
  }

  async head(key: string, versionId?: string): Promise<FoundObject | Refused> {
    const answer = await this.#bucket.read('HEAD', key, versionId);
    return 'code' in answer ? this.#refused(answer) : foundObject(answer);
  }

  async list({ prefix, delimiter, after, limit }: ObjectsQuery): Promise<Page<ListedObjectFacts>> {
    const input = { prefix, delimiter, marker: after, maxKeys: limit };
    const page = await this.#bucket.list(input);
    return {
      entries: page.contents.map(({ key, lastModified, size, etag }) => {
        return { key, mtimeS: seconds(lastModified), size, etag: bare(etag) };
      }),
      prefixes: page.commonPrefixes.map(({ prefix: common }) => common),
      isTruncated: page.isTruncated,
      next: page.nextMarker === undefined ? undefined : { key: page.nextMarker },
    };
  }

  async listVersions(query: VersionsQuery): Promise<Page<ListedVersionFacts>> {
    const { prefix, delimiter, keyMarker, versionIdMarker, limit } = query;
    const input = { prefix, delimiter, keyMarker, versionIdMarker, maxKeys: limit };
    const page = await this.#bucket.listVersions(input);
    const { nextKeyMarker: key, nextVersionIdMarker: versionId } = page;
    return {
      entries: page.entries.map((entry) => {
        const { key: name, versionId: id, isLatest, lastModified } = entry;
        const facts = { key: name, versionId: id, isLatest, mtimeS: seconds(lastModified) };
        if (entry.kind === 'DeleteMarker') return facts;
        return { ...facts, size: entry.size, etag: bare(entry.etag) };
      }),
      prefixes: page.commonPrefixes.map(({ prefix: common }) => common),
      isTruncated: page.isTruncated,
      next: key === undefined ? undefined : { key, versionId },
    };
  }

  async setVersioning(versioning: Exclude<Versioning, 'never'>): Promise<void> {
    await this.#bucket.setVersioning(statusWords[versioning]);
    this.#versioning = versioning;
  }

  async sweep(): Promise<void> {
    const { server, clock } = this.#server.gateway;
    expect((await server.store.sweeper.runOnce()).failures).toEqual([]);
    clock.set(clock.now() + 40_000);
  }

  async totals(): Promise<Totals> {
    const { store } = this.#server.gateway.server;
    const bucket = await store.buckets.get(await store.view(), this.#bucket.name);
    const { classes, deleteMarkers } = await store.buckets.stat(bucket);
    const { bytes, objects } = classes.Standard;
    return { bytes: Number(bytes), objects: Number(objects), markers: Number(deleteMarkers) };
  }

  checkRows(): Promise<void> {
    return this.#server.checkRows();
  }

  async finish(): Promise<void> {
    expect(await this.#bucket.allVersions()).toEqual([]);
    await this.#bucket.remove();
  }

  #refused({ code, versionId, isDeleteMarker }: WireRefusal): Refused {
    if (this.#versioning === 'never') expect(isDeleteMarker).toBe(false);
    return isDeleteMarker ? { refused: code, markerId: versionId } : { refused: code };
  }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function bare(etag: string): string {
  return etag.replaceAll('"', '');
}

function foundObject({ headers }: Answer): FoundObject {
  return {
    versionId: headers.get('x-oss-version-id'),
    size: Number(headers.get('content-length')),
    etag: bare(headers.get('etag') ?? ''),
    mtimeS: seconds(Date.parse(headers.get('last-modified') ?? '')),
  };
}
