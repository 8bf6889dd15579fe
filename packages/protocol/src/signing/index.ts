// Signatures: signers and verifiers of V1, V2 and V4, of form policies and of RTMP URLs.
export { checkScope, type ExpectedScope } from './checks/check-scope.ts';
export { checkTime } from './checks/check-time.ts';
export { type Credential, checkToken, type PresentedToken } from './checks/check-token.ts';
export type { CredentialSource } from './checks/known-credential.ts';
export type { Fallback, Match, SignatureTools } from './checks/match.ts';
export type { Presented, PresentedV1, PresentedV2, PresentedV4 } from './checks/presented.ts';
export {
  headerName,
  queryName,
  skewMsMax,
  tokenExpiresSecondsMax,
  unsignedPayload,
  v4Algorithm,
  v4ExpiresSecondsMax,
} from './elements/names.ts';
export type { SignableRequest } from './elements/request.ts';
export { collectHeaders, type SignedHeaders } from './elements/request-headers.ts';
export { formatScope, type Scope } from './elements/scope.ts';
export { deriveSigningKey, SigningKeyCache, signingKeysMax } from './elements/signing-key.ts';
export {
  formatErrorTime,
  formatIsoBasic,
  parseIsoBasic,
  parseRfc1123,
  parseTimestamp,
} from './elements/timestamp.ts';
export {
  type Explaining,
  explainAnonymous,
  explainRefusal,
} from './explain/explain-refusal.ts';
export { hintElement, hintHeader } from './explain/hint.ts';
export {
  type FormFields,
  type PresentedPolicy,
  type PresentedPolicyV1,
  type PresentedPolicyV4,
  presentedPolicy,
} from './policy/presented-policy.ts';
export { signPolicyV1, signPolicyV2, signPolicyV4 } from './policy/sign-policy.ts';
export {
  checkPolicyScope,
  checkPolicySignature,
  checkPolicyTime,
  type VerifiedPolicy,
  verifyPolicy,
} from './policy/verify-policy.ts';
export { isRtmpSignature, signRtmp, stringToSignRtmp } from './rtmp/sign-rtmp.ts';
export { isAmbiguousKeyV1, isAmbiguousQueryV1 } from './v1/ambiguous.ts';
export { canonicalResourceV1 } from './v1/canonical-resource.ts';
export {
  type AbsoluteLifetime,
  type HeaderSignature,
  type KeyPair,
  presignV1,
  signV1,
  type UrlSignature,
} from './v1/sign.ts';
export { isSignedParameterV1 } from './v1/signed-parameters.ts';
export { stringToSignV1 } from './v1/string-to-sign.ts';
export { presignV2, signV2, type V2Signer } from './v2/sign.ts';
export { stringToSignV2 } from './v2/string-to-sign.ts';
export { canonicalRequest } from './v4/canonical-request.ts';
export { presignV4, type V4Lifetime, type V4UrlSignature } from './v4/presign.ts';
export { signV4, type V4HeaderSignature, type V4Signature, type V4Signer } from './v4/sign.ts';
export { stringToSignV4 } from './v4/string-to-sign.ts';
export { UrlReading } from './v4/url-reading.ts';
export { checkSignature, signatureQueryNames } from './verify/check-signature.ts';
export { presentedSignature } from './verify/presented-signature.ts';
export { type Verified, type Verifier, verify } from './verify/verify.ts';
