// Access decisions that need a look into the store: the object's own ACL, read only for principals
// that do not own the bucket.
import { OssError } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import type { RequestView } from '../context/request-view.ts';
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { ObjectAcl } from '../records/model.ts';
import { findObjectVersion } from '../versions/find-version.ts';
import type { LatestObjects } from '../versions/latest-object.ts';
import { type AccessKind, authorize, isOwner, type Principal } from './authorize.ts';

export interface AccessTarget {
  readonly bucket?: Bucket | undefined;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  /** The request's view. */
  readonly at?: RequestView | undefined;
}

export class Access {
  readonly #core: CoreContext;
  readonly #latest: LatestObjects;

  constructor(core: CoreContext, latest: LatestObjects) {
    this.#core = core;
    this.#latest = latest;
  }

  /** Throws the refusal when the principal may not. */
  require(principal: Principal, kind: AccessKind, target: AccessTarget = {}): Eventually<void> {
    const { bucket, key, versionId, at } = target;
    const needsAcl = kind === 'read-object' || kind === 'write-object';
    const isTheirs = bucket !== undefined && isOwner(principal, bucket);
    if (!needsAcl || bucket === undefined || key === undefined || isTheirs) {
      authorize({ principal, kind, bucket });
      return;
    }
    return whenThere(this.#aclOf(bucket, key, versionId, at), (objectAcl) =>
      authorize({ principal, kind, bucket, objectAcl }),
    );
  }

  /** What is not there, or is named in a way that nothing can be, has no ACL of its own. */
  async #aclOf(
    bucket: Bucket,
    key: string,
    versionId: string | undefined,
    at: RequestView | undefined,
  ): Promise<ObjectAcl> {
    try {
      if (versionId === undefined) return (await this.#latest.get(bucket, key, at)).acl;
      const found = await findObjectVersion(this.#core, bucket, key, versionId, 'GET');
      return found.version.head.acl;
    } catch (error) {
      if (error instanceof OssError) return 'default';
      throw error;
    }
  }
}
