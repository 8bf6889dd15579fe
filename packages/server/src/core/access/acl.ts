// What ownership and ACLs say to a need, and the words of the refusal. Deny by default: ACLs give
// reading and writing of objects, everything else belongs to the bucket's owner.
// Rules: signing reference §8, choices rows 1 and 8.
import { type OssError, ossError } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import type { BucketAcl, ObjectAcl } from '../records/model.ts';
import type { AccessNeed } from './access-request.ts';
import type { Principal } from './principal.ts';

export interface AclQuestion {
  readonly principal: Principal;
  readonly need: AccessNeed;
  /** Absent only for `signed`. */
  readonly bucket?: Pick<Bucket, 'owner' | 'acl' | 'blockPublicAccess'> | undefined;
  /** Of the object that exists; `default` when there is none. */
  readonly objectAcl?: ObjectAcl | undefined;
}

export function isOwner(principal: Principal, bucket: Pick<Bucket, 'owner'>): boolean {
  return principal.kind === 'account' && principal.ownerId === bucket.owner.id;
}

/** The refusal, or undefined when it is allowed. */
export function refusalOf(question: AclQuestion): OssError | undefined {
  const { principal, need, bucket, objectAcl = 'default' } = question;
  const isAnonymous = principal.kind === 'anonymous';
  if (need === 'signed') return isAnonymous ? ossError('AnonymousForbidden') : undefined;
  if (need === 'preflight') return undefined;
  if (bucket === undefined) return ossError('AccessDenied');
  if (isOwner(principal, bucket)) return undefined;
  switch (need) {
    case 'own-bucket':
      return ossError(isAnonymous ? 'AnonymousForbidden' : 'BucketNotBelongTo');
    case 'list-objects':
      // No ACL gives listing, not even public-read-write (signing reference §8).
      return ossError(isAnonymous ? 'AnonymousNoRightToBucket' : 'BucketNotBelongTo');
    case 'read-object-acl':
      return ossError('NoReadAclPermission');
    case 'write-object-acl':
      return ossError('NoWriteAclPermission');
    case 'read-object':
    case 'write-object':
      return refusalOnObject(need, bucket, objectAcl);
  }
}

/** The object's own ACL decides where it has one, in both directions. */
function refusalOnObject(
  need: 'read-object' | 'write-object',
  bucket: Pick<Bucket, 'acl' | 'blockPublicAccess'>,
  objectAcl: ObjectAcl,
): OssError | undefined {
  const allows = (acl: BucketAcl): boolean => {
    if (bucket.blockPublicAccess) return false;
    return acl === 'public-read-write' || (need === 'read-object' && acl === 'public-read');
  };
  if (allows(objectAcl === 'default' ? bucket.acl : objectAcl)) return undefined;
  // Where the bucket refuses as well, the answer must not tell an object with an ACL of its own
  // from a missing one (choices row 1).
  if (!allows(bucket.acl)) return ossError('AccessDeniedByBucketAcl');
  return ossError(need === 'read-object' ? 'NoReadPermission' : 'NoWritePermission');
}
