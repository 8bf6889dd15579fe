// The model: a bucket as lists of versions in a map. Rules: operations reference §3.8.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Versioning } from '../../../src/core/records/model.ts';
import { byteOrder } from './naive-listing.ts';
import {
  type Deleted,
  type FoundObject,
  fingerprint,
  type ListedObjectFacts,
  type ListedVersionFacts,
  type Refused,
  type Totals,
} from './subject.ts';

interface ModelVersion {
  readonly id: string;
  readonly mtimeS: number;
  /** Absent: a delete marker. */
  readonly object?: {
    readonly content: string;
    readonly size: number;
    readonly etag: string;
  };
}

/** Which of a key's versions an operation is to meet. */
export type Which = 'latest' | 'older' | 'null' | 'unknown';

export class VersionModel {
  versioning: Versioning = 'never';
  /** Newest first. */
  readonly #keys = new Map<string, readonly ModelVersion[]>();
  readonly #given: { readonly key: string; readonly id: string }[] = [];
  readonly #givenIds = new Set<string>();

  /** A write made a version of this id. */
  put(key: string, id: string | undefined, mtimeS: number, body: Buffer): void {
    const etag = createHash('md5').update(body).digest('hex').toUpperCase();
    const object = { content: fingerprint(body), size: body.length, etag };
    this.#place(key, { id: this.#accept(key, id), mtimeS, object });
  }

  /** DeleteObject without a version id; `answer` is what the server said. */
  delete(key: string, answer: Deleted, mtimeS: number): void {
    if (this.versioning === 'never') {
      expect(answer).toEqual({ isDeleteMarker: false });
      this.#keys.delete(key);
      return;
    }
    expect(answer.isDeleteMarker).toBe(true);
    this.#place(key, { id: this.#accept(key, answer.versionId), mtimeS });
  }

  /** The answer that deleting this version must give. */
  deleteVersion(key: string, id: string): Deleted {
    const versions = this.#of(key);
    const version = versions.find((candidate) => candidate.id === id);
    const rest = versions.filter((candidate) => candidate !== version);
    if (rest.length === 0) this.#keys.delete(key);
    else this.#keys.set(key, rest);
    return {
      versionId: id,
      isDeleteMarker: version !== undefined && version.object === undefined,
    };
  }

  /** What reading must answer. */
  read(key: string, id?: string): (FoundObject & { content: string }) | Refused {
    const versions = this.#of(key);
    const version = id === undefined ? versions[0] : versions.find((one) => one.id === id);
    if (version === undefined) return { refused: id === undefined ? 'NoSuchKey' : 'NoSuchVersion' };
    if (version.object === undefined) {
      const refused = id === undefined ? 'NoSuchKey' : 'MethodNotAllowed';
      return { refused, markerId: version.id };
    }
    const versionId = this.versioning === 'never' ? undefined : version.id;
    return { ...version.object, versionId, mtimeS: version.mtimeS };
  }

  /** An id of the kind asked for and its key; of no kind, when there is none. */
  pick(which: Which, at: number, anyKey: string): { key: string; id: string; which: Which } {
    const all = [...this.#keys].flatMap(([key, versions]) =>
      versions.map(({ id }, place) => ({ key, id, place })),
    );
    const fitting = all.filter(({ id, place }) =>
      which === 'latest' ? place === 0 : which === 'older' ? place > 0 : id === 'null',
    );
    const found = which === 'unknown' ? undefined : fitting[at % fitting.length];
    if (found !== undefined) return { key: found.key, id: found.id, which };
    return { ...this.#unknown(at, anyKey), which: 'unknown' };
  }

  listedObjects(): ListedObjectFacts[] {
    return this.#sorted().flatMap(([key, [latest]]) => {
      if (latest?.object === undefined) return [];
      const { size, etag } = latest.object;
      return [{ key, mtimeS: latest.mtimeS, size, etag }];
    });
  }

  listedVersions(): ListedVersionFacts[] {
    return this.#sorted().flatMap(([key, versions]) =>
      versions.map(({ id, mtimeS, object }, place) => ({
        key,
        versionId: id,
        isLatest: place === 0,
        mtimeS,
        ...(object && { size: object.size, etag: object.etag }),
      })),
    );
  }

  totals(): Totals {
    const all = [...this.#keys.values()].flat();
    const objects = all.flatMap(({ object }) => (object === undefined ? [] : [object]));
    return {
      bytes: objects.reduce((sum, { size }) => sum + size, 0),
      objects: objects.length,
      markers: all.length - objects.length,
    };
  }

  #of(key: string): readonly ModelVersion[] {
    return this.#keys.get(key) ?? [];
  }

  #sorted(): [string, readonly ModelVersion[]][] {
    return [...this.#keys].sort(([a], [b]) => byteOrder(a, b));
  }

  #place(key: string, version: ModelVersion): void {
    const isKept = (other: ModelVersion): boolean =>
      this.versioning === 'enabled' || other.id !== 'null';
    this.#keys.set(key, [version, ...this.#of(key).filter(isKept)]);
  }

  /** Every id is new, but for `null`. */
  #accept(key: string, id: string | undefined): string {
    if (this.versioning !== 'enabled') {
      expect(id).toBe(this.versioning === 'never' ? undefined : 'null');
      return 'null';
    }
    if (id === undefined) throw new Error('a version without an id');
    expect(id).toMatch(/^CAEQ[A-Za-z0-9_-]{60}$/);
    expect(this.#givenIds.has(id), 'version ids never repeat').toBe(false);
    this.#givenIds.add(id);
    this.#given.push({ key, id });
    return id;
  }

  /** Never given out, given to another key, or of a version that is gone. */
  #unknown(at: number, key: string): { key: string; id: string } {
    const holds = (of: string, id: string): boolean => this.#of(of).some((one) => one.id === id);
    const given = this.#given[at % this.#given.length];
    if (given !== undefined) {
      if (!holds(given.key, given.id)) return given;
      const { id } = given;
      if (given.key !== key && at % 2 === 0) return { key, id };
      return { key, id: `${id.slice(0, 40)}${id[40] === 'A' ? 'B' : 'A'}${id.slice(41)}` };
    }
    return { key, id: holds(key, 'null') || at % 2 === 0 ? `CAEQ${'A'.repeat(60)}` : 'null' };
  }
}
