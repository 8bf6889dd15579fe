// Verifies the signature of a form upload, in the order of a request's: fields → key → time → token
// → region, product, day → signature. The policy's conditions and expiration are checked by whoever
// handles the upload, after this.
import { equalConstantTime } from '../../checksum/bytes-text.ts';
import { ossError } from '../../errors/refuse.ts';
import type { ExpectedScope } from '../checks/check-scope.ts';
import { type Credential, checkToken } from '../checks/check-token.ts';
import { knownCredential } from '../checks/known-credential.ts';
import type { SignatureTools } from '../checks/match.ts';
import { signatureMismatch } from '../checks/mismatch.ts';
import { queryName, skewMsMax, v4ExpiresSecondsMax } from '../elements/names.ts';
import { parseIsoBasic } from '../elements/timestamp.ts';
import { todaysScope, type Verifier } from '../verify/verify.ts';
import { type FormFields, type PresentedPolicy, presentedPolicy } from './presented-policy.ts';
import { policySignatureV4, signPolicyV1, signPolicyV2 } from './sign-policy.ts';

export interface VerifiedPolicy<C extends Credential> {
  readonly credential: C;
  readonly presented: PresentedPolicy;
}

/** null = anonymous. Throws OssError where the signature is incomplete, out of time or wrong. */
export async function verifyPolicy<C extends Credential>(
  fields: FormFields,
  verifier: Verifier<C>,
): Promise<VerifiedPolicy<C> | null> {
  const presented = presentedPolicy(fields);
  if (presented === null) return null;
  const { accessKeyId } = presented;
  const found = await verifier.find(accessKeyId);
  const credential = knownCredential(found, accessKeyId, (secret) => {
    const own = presented.version === 'v4' ? { scope: todaysScope(verifier) } : {};
    checkPolicySignature({ ...presented, ...own }, secret, verifier);
  });
  checkPolicyTime(presented, verifier.nowMs);
  checkToken(presented, credential, verifier.nowMs);
  checkPolicyScope(presented, verifier);
  checkPolicySignature(presented, credential.secret, verifier);
  return { credential, presented };
}

/** V4 forms live from 15 minutes before x-oss-date to 7 days after (signing reference §5.2). */
export function checkPolicyTime(presented: PresentedPolicy, nowMs: number): void {
  if (presented.version !== 'v4') return;
  const startMs = parseIsoBasic(presented.date);
  const isNear =
    startMs !== undefined &&
    nowMs >= startMs - skewMsMax &&
    nowMs <= startMs + v4ExpiresSecondsMax * 1000;
  if (!isNear) {
    throw ossError('FormCredentialDateInvalid', {
      ArgumentName: queryName.date,
      ArgumentValue: presented.date,
    });
  }
}

export function checkPolicyScope(presented: PresentedPolicy, expected: ExpectedScope): void {
  if (presented.version !== 'v4') return;
  const { scope, date } = presented;
  const details = (value: string): Record<string, string> => ({
    ArgumentName: queryName.credential,
    ArgumentValue: value,
  });
  if (scope.region !== expected.region) {
    throw ossError('InvalidSigningRegionInUrl', details(scope.region));
  }
  if (!expected.products.includes(scope.product)) {
    throw ossError('InvalidSigningProductInUrl', details(scope.product));
  }
  if (scope.date !== date.slice(0, 8)) {
    throw ossError('FormCredentialDateInvalid', details(scope.date));
  }
}

export function checkPolicySignature(
  presented: PresentedPolicy,
  secret: string,
  tools: SignatureTools,
): void {
  if (!equalConstantTime(presented.signature, calculated(presented, secret, tools))) {
    throw signatureMismatch('SignatureDoesNotMatchForm', presented, presented.policy);
  }
}

function calculated(
  presented: PresentedPolicy,
  secret: string,
  { hashes, keys }: SignatureTools,
): string {
  switch (presented.version) {
    case 'v1':
      return signPolicyV1(secret, presented.policy, hashes);
    case 'v2':
      return signPolicyV2(secret, presented.policy, hashes);
    case 'v4':
      return policySignatureV4(keys.get(secret, presented.scope, hashes), presented.policy, hashes);
  }
}
