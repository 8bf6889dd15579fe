// Signatures: signers and verifiers of V1, V2 and V4, of form policies and of RTMP URLs.
export { checkScope, type ExpectedScope } from './check-scope.ts';
export { checkSignature, signatureQueryNames } from './check-signature.ts';
export { checkTime } from './check-time.ts';
export { type Credential, checkToken, type PresentedToken } from './check-token.ts';
export {
  type Explaining,
  explainAnonymous,
  explainRefusal,
} from './explain/explain-refusal.ts';
export { hintElement, hintHeader } from './explain/hint.ts';
export type { CredentialSource } from './known-credential.ts';
export type { Fallback, Match, SignatureTools } from './match.ts';
export {
  headerName,
  queryName,
  skewMsMax,
  tokenExpiresSecondsMax,
  unsignedPayload,
  v4Algorithm,
  v4ExpiresSecondsMax,
} from './names.ts';
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
export type { Presented, PresentedV1, PresentedV2, PresentedV4 } from './presented.ts';
export { presentedSignature } from './presented-signature.ts';
export type { HeaderPairs, QueryPairs, SignableRequest } from './request.ts';
export { collectHeaders, type SignedHeaders } from './request-headers.ts';
export { isRtmpSignature, signRtmp, stringToSignRtmp } from './rtmp/sign-rtmp.ts';
export {
  formatErrorTime,
  formatIsoBasic,
  parseIsoBasic,
  parseRfc1123,
  parseTimestamp,
} from './timestamp.ts';
export { UrlReading } from './url-reading.ts';
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
export { formatScope, type Scope } from './v4/scope.ts';
export { signV4, type V4HeaderSignature, type V4Signature, type V4Signer } from './v4/sign.ts';
export { deriveSigningKey, SigningKeyCache, signingKeysMax } from './v4/signing-key.ts';
export { stringToSignV4 } from './v4/string-to-sign.ts';
export { type Verified, type Verifier, verify } from './verify.ts';
