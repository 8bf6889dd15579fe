// The objects of a store.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import type { RequestView } from '../context/request-view.ts';
import { type ListObjects, listObjects, type ObjectPage } from '../listing/list-objects.ts';
import { type ListVersions, listVersions, type VersionPage } from '../listing/list-versions.ts';
import type { Eventually } from '../ports/eventually.ts';
import type { ObjectAcl } from '../records/model.ts';
import { findObjectVersion } from '../versions/find-version.ts';
import type { LatestObjects } from '../versions/latest-object.ts';
import { type StoredObject, storedObject } from '../versions/stored-object.ts';
import { type DeleteResult, deleteObject } from './delete-object.ts';
import { type PutObject, type PutResult, putObject } from './put-object.ts';
import {
  type ChooseRange,
  type ObjectBytes,
  type OpenedObject,
  openObject,
  readBody,
} from './read-body.ts';
import { setObjectAcl } from './set-object-acl.ts';

export interface WhichVersion {
  /** The latest when absent. */
  readonly versionId?: string | undefined;
  /** Named in the refusal of a delete marker; GET when absent. */
  readonly method?: string | undefined;
  /** The request's view: the latest version is as of it, which spares a look where the view asked for it. */
  readonly at?: RequestView | undefined;
}

export interface DeleteEntry {
  readonly key: string;
  readonly versionId?: string | undefined;
}

const deletesAtOnce = 32;

export class Objects {
  readonly #core: CoreContext;
  readonly #latest: LatestObjects;

  constructor(core: CoreContext, latest: LatestObjects) {
    this.#core = core;
    this.#latest = latest;
  }

  /**
   * Durable when it resolves. After an OssError the key is as it was; after any other error the new
   * version may be there or not, but whole.
   */
  put(bucket: Bucket, key: string, input: PutObject): Promise<PutResult> {
    return putObject(this.#core, bucket, key, input);
  }

  /** Throws NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker's version id. */
  get(bucket: Bucket, key: string, which: WhichVersion = {}): Eventually<StoredObject> {
    const { versionId, method = 'GET', at } = which;
    if (versionId === undefined) return this.#latest.get(bucket, key, at);
    return this.#version(bucket, key, versionId, method);
  }

  async #version(
    bucket: Bucket,
    key: string,
    versionId: string,
    method: string,
  ): Promise<StoredObject> {
    const found = await findObjectVersion(this.#core, bucket, key, versionId, method);
    return storedObject(bucket, key, found.version, found.isLatest);
  }

  /** Bytes [from, to) of an object got before. Prefer `open`, which survives a replacement. */
  read(object: StoredObject, from = 0, to: number = object.size): Eventually<ObjectBytes> {
    return readBody(this.#core, object, from, to);
  }

  /** An object and its bytes, certainly of one version; the range is chosen when it is known. */
  open(
    bucket: Bucket,
    key: string,
    which: WhichVersion = {},
    choose: ChooseRange = (object) => ({ from: 0, to: object.size }),
  ): Eventually<OpenedObject> {
    // What is looked for again was replaced since the view: then only what stands there now will do.
    const again = { ...which, at: undefined };
    const find = (isAgain: boolean) => this.get(bucket, key, isAgain ? again : which);
    return openObject(this.#core, find, choose);
  }

  delete(bucket: Bucket, key: string, versionId?: string): Promise<DeleteResult> {
    return deleteObject(this.#core, bucket, key, versionId);
  }

  /** Results in the order of the entries; a key named twice is deleted twice, in that order. */
  async deleteMany(bucket: Bucket, entries: readonly DeleteEntry[]): Promise<DeleteResult[]> {
    const results: DeleteResult[] = new Array(entries.length);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let at = next++; at < entries.length; at = next++) {
        const entry = entries[at];
        if (entry !== undefined) {
          results[at] = await this.delete(bucket, entry.key, entry.versionId);
        }
      }
    };
    await Promise.all(Array.from({ length: deletesAtOnce }, worker));
    return results;
  }

  list(bucket: Bucket, query: ListObjects): Promise<ObjectPage> {
    return listObjects(this.#core, bucket, query);
  }

  listVersions(bucket: Bucket, query: ListVersions): Promise<VersionPage> {
    return listVersions(this.#core, bucket, query);
  }

  setAcl(
    bucket: Bucket,
    key: string,
    acl: ObjectAcl,
    versionId?: string,
  ): Promise<{ versionId?: string | undefined }> {
    return setObjectAcl(this.#core, bucket, key, acl, versionId);
  }
}
