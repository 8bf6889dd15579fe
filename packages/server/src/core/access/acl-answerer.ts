// Ownership and ACLs as a body of rules. It has an opinion on everything, so it is asked last. The object's
// own ACL is a look into the store, taken only for principals that do not own the bucket.
import { OssError } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { type Eventually, whenThere } from '../ports/eventually.ts';
import type { ObjectAcl } from '../records/model.ts';
import { findObjectVersion } from '../versions/find-version.ts';
import type { LatestObjects } from '../versions/latest-object.ts';
import type { Answer, Answerer } from './access-decision.ts';
import type { AccessRequest, AccessResource } from './access-request.ts';
import { type AclQuestion, isOwner, refusalOf } from './acl.ts';

const allow: Answer = { effect: 'allow' };

export class AclAnswerer implements Answerer {
  readonly name = 'acl';
  readonly #core: CoreContext;
  readonly #latest: LatestObjects;

  constructor(core: CoreContext, latest: LatestObjects) {
    this.#core = core;
    this.#latest = latest;
  }

  answer({ principal, need, resource }: AccessRequest): Eventually<Answer> {
    const { bucket, key } = resource;
    const needsAcl = need === 'read-object' || need === 'write-object';
    const isTheirs = bucket !== undefined && isOwner(principal, bucket);
    if (!needsAcl || bucket === undefined || key === undefined || isTheirs) {
      return answerOf({ principal, need, bucket });
    }
    return whenThere(this.#aclOf(bucket, key, resource), (objectAcl) =>
      answerOf({ principal, need, bucket, objectAcl }),
    );
  }

  /** What is not there, or is named in a way that nothing can be, has no ACL of its own. */
  async #aclOf(bucket: Bucket, key: string, { versionId, at }: AccessResource): Promise<ObjectAcl> {
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

function answerOf(question: AclQuestion): Answer {
  const refusal = refusalOf(question);
  return refusal === undefined ? allow : { effect: 'deny', refusal };
}
