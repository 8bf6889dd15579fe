// The credential of a presented access key id, or the refusal of an unknown or disabled one.
import { ossError } from '../../errors/refuse.ts';
import type { Credential } from './check-token.ts';

export interface CredentialSource<C extends Credential> {
  /** The credential of an access key id, disabled ones too; undefined when there is none. */
  find(accessKeyId: string): C | undefined | Promise<C | undefined>;
}

/** Signed with when a key is unknown, so that it costs the same work as a wrong signature. */
const nobodysSecret = 'no credential has this secret';

/**
 * `found` when it may be used; or the refusal. `work` does what a known key would cost; its outcome
 * does not count, only its time.
 */
export function knownCredential<C extends Credential>(
  found: C | undefined,
  accessKeyId: string,
  work: (secret: string) => void,
): C {
  if (found === undefined) {
    try {
      work(nobodysSecret);
    } catch {
      // Refused below, whatever it said.
    }
    // Ids of temporary keys begin so (signing reference §6).
    const isTemporary = accessKeyId.startsWith('STS.');
    throw ossError(isTemporary ? 'StsKeyUnknown' : 'InvalidAccessKeyId', {
      OSSAccessKeyId: accessKeyId,
    });
  }
  if (!found.enabled) throw ossError('AccessKeyDisabled', { OSSAccessKeyId: accessKeyId });
  return found;
}
