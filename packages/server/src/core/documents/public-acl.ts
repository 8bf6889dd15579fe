// Public ACLs and the public access block that forbids them.
import { ossError } from '@osskeep/protocol';
import type { ObjectAcl } from '../records/model.ts';

/** Choices row 8. An ACL of its own that lets others in is refused while public access is blocked. */
export function refusePublicAcl(blockPublicAccess: boolean, acl: ObjectAcl): void {
  if (blockPublicAccess && (acl === 'public-read' || acl === 'public-read-write')) {
    throw ossError('PublicAccessBlocked');
  }
}
