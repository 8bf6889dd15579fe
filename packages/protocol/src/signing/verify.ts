// Verifies a request from end to end, in the order of design §8 row 1: form → key → time → token →
// region, product, day → signature. An identity leaves this file only with a verified signature.
import { ossError } from '../errors/refuse.ts';
import { checkScope, type ExpectedScope } from './check-scope.ts';
import { checkSignature, type Match, type SignatureTools } from './check-signature.ts';
import { checkTime } from './check-time.ts';
import { checkToken, type Credential } from './check-token.ts';
import type { Presented } from './presented.ts';
import { presentedSignature } from './presented-signature.ts';
import type { SignableRequest } from './request.ts';
import { collectHeaders } from './request-headers.ts';

export interface Verifier<C extends Credential> extends ExpectedScope, SignatureTools {
  readonly nowMs: number;
  /** The credential of an access key id, disabled ones too; undefined when there is none. */
  find(accessKeyId: string): C | undefined | Promise<C | undefined>;
}

export interface Verified<C extends Credential> extends Match {
  readonly credential: C;
  readonly presented: Presented;
}

/** Signed with when a key is unknown, so that it costs the same work as a wrong signature. */
const nobodysSecret = 'no credential has this secret';

/** null = anonymous. Throws OssError where the signature is malformed, out of time or wrong. */
export async function verify<C extends Credential>(
  request: SignableRequest,
  verifier: Verifier<C>,
): Promise<Verified<C> | null> {
  const headers = collectHeaders(request.headers);
  const presented = presentedSignature(request.query, headers);
  if (presented === null) return null;
  const credential = await verifier.find(presented.accessKeyId);
  if (credential === undefined) {
    try {
      checkSignature(presented, request, headers, nobodysSecret, verifier);
    } catch {
      // Only the time it took counts.
    }
    throw ossError('InvalidAccessKeyId', { OSSAccessKeyId: presented.accessKeyId });
  }
  if (!credential.enabled) {
    throw ossError('AccessKeyDisabled', { OSSAccessKeyId: presented.accessKeyId });
  }
  checkTime(presented, headers, verifier.nowMs);
  checkToken(presented, credential, verifier.nowMs);
  if (presented.version === 'v4') checkScope(presented, headers, verifier);
  const match = checkSignature(presented, request, headers, credential.secret, verifier);
  return { ...match, credential, presented };
}
