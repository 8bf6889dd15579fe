// What the model test drives: a bucket as a client sees it, in process or over the wire.
import { createHash } from 'node:crypto';
import type { Versioning } from '../../../src/core/records/model.ts';
import type { NaivePage, VersionMarkers } from './naive-listing.ts';

/** Length and hash: equal only when the bytes are. */
export function fingerprint(body: Uint8Array): string {
  return `${body.length} ${createHash('sha256').update(body).digest('hex')}`;
}

export interface FoundObject {
  readonly versionId: string | undefined;
  readonly size: number;
  /** Upper-case MD5. */
  readonly etag: string;
  /** Whole seconds, as the wire has them. */
  readonly mtimeS: number;
}

export interface Refused {
  readonly refused: string;
  /** Of the delete marker that stood in the way. */
  readonly markerId?: string | undefined;
}

export interface Deleted {
  readonly versionId?: string | undefined;
  readonly isDeleteMarker: boolean;
}

export interface ListedVersionFacts {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly mtimeS: number;
  /** Absent: a delete marker. */
  readonly size?: number | undefined;
  readonly etag?: string | undefined;
}

export interface ListedObjectFacts {
  readonly key: string;
  readonly mtimeS: number;
  readonly size: number;
  readonly etag: string;
}

export interface ObjectsQuery {
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export type VersionsQuery = Omit<ObjectsQuery, 'after'> & VersionMarkers;

/** `last` names where the next page begins. */
export type Page<Entry> = Omit<NaivePage<Entry>, 'last'> & {
  readonly next?: { readonly key: string; readonly versionId?: string | undefined } | undefined;
};

/** What the bucket's statistics say. */
export interface Totals {
  readonly bytes: number;
  readonly objects: number;
  readonly markers: number;
}

export interface Subject {
  /** Largest body that is stored beside its row. */
  readonly inlineBytesMax: number;
  /** Wall time, whole seconds. */
  nowS(): number;
  /** The new version's id. */
  put(key: string, body: Buffer): Promise<string | undefined>;
  delete(key: string, versionId?: string): Promise<Deleted | Refused>;
  get(key: string, versionId?: string): Promise<(FoundObject & { content: string }) | Refused>;
  head(key: string, versionId?: string): Promise<FoundObject | Refused>;
  list(query: ObjectsQuery): Promise<Page<ListedObjectFacts>>;
  listVersions(query: VersionsQuery): Promise<Page<ListedVersionFacts>>;
  setVersioning(versioning: Exclude<Versioning, 'never'>): Promise<void>;
  /** Frees what is due and lets time pass. */
  sweep(): Promise<void>;
  /** Another process takes over, after a clean end or without one. */
  restart?(isClean: boolean): Promise<void>;
  totals(): Promise<Totals>;
  /** Checks the rows below; throws where an invariant does not hold. */
  checkRows(): Promise<void>;
  /** The bucket is empty: nothing of it may be left behind. */
  finish(): Promise<void>;
}
