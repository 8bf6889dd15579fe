// Names that signatures are made of. Source: signing reference §0-§4.

export const v4Algorithm = 'OSS4-HMAC-SHA256';
export const v1Algorithm = 'OSS';
export const v2Algorithm = 'OSS2';
export const v4Suffix = 'aliyun_v4_request';
export const unsignedPayload = 'UNSIGNED-PAYLOAD';
export const defaultProduct = 'oss';

export const queryName = {
  version: 'x-oss-signature-version',
  credential: 'x-oss-credential',
  date: 'x-oss-date',
  expires: 'x-oss-expires',
  signature: 'x-oss-signature',
  additionalHeaders: 'x-oss-additional-headers',
  securityToken: 'x-oss-security-token',
  v2AccessKeyId: 'x-oss-access-key-id',
  v1AccessKeyId: 'OSSAccessKeyId',
  v1Expires: 'Expires',
  v1Signature: 'Signature',
  v1SecurityToken: 'security-token',
} as const;

export const headerName = {
  authorization: 'authorization',
  contentMd5: 'content-md5',
  contentType: 'content-type',
  contentSha256: 'x-oss-content-sha256',
  date: 'date',
  ossDate: 'x-oss-date',
  securityToken: 'x-oss-security-token',
  /** Some SDKs send the token of V1 in a header without the prefix (signing reference §3.5). */
  unprefixedToken: 'security-token',
} as const;

/** Longest lifetime of a V4 URL: 7 days. The 32,400 s of the console are the console's own. */
export const v4ExpiresSecondsMax = 604_800;
/** Longest lifetime of a V4 URL that carries a security token: 12 hours. */
export const tokenExpiresSecondsMax = 43_200;
/** How far a request's clock may be off, either way. */
export const skewMsMax = 900_000;
