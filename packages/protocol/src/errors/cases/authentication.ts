// Refusals about the form of a signature and the signature itself. What is wrong with the form is
// 400 and found before any key is looked up. Rules: errors reference §3, signing reference
// §7.2-§7.3.

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your key' +
  ' and signing method.';

export const authenticationCases = {
  SignatureDoesNotMatchV1: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: mismatch as string,
    ec: '0002-00000040',
  },
  SignatureDoesNotMatchV2: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: mismatch as string,
    ec: '0002-00000101',
  },
  SignatureDoesNotMatchV4: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: mismatch as string,
    ec: '0002-00000201',
  },
  SignatureDoesNotMatchForAddress: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: mismatch as string,
    ec: '0002-00000602',
  },
  SignatureDoesNotMatchForm: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: mismatch as string,
    ec: '0002-00000705',
  },

  BothSignatures: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'The request is signed in the Authorization header and in the URL. Send only one of the two.',
    ec: '0002-00000039',
  },
  UrlSignatureRequired: {
    code: 'InvalidRequest',
    status: 400,
    message: 'This operation must be signed in the URL, not in the Authorization header.',
    ec: '0002-00000037',
  },
  SignaturePlaceNotAllowed: {
    code: 'InvalidRequest',
    status: 400,
    message: 'This operation must be signed in the Authorization header, not in the URL.',
    ec: '0002-00000038',
  },
  UnknownSignatureVersion: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ('x-oss-signature-version is unknown. Use OSS4-HMAC-SHA256, or sign with version 1 and' +
        ' leave the parameter out.') as string,
    ec: '0002-00000066',
  },

  // V1 in a URL. Which of the three parameters lacks is told by the EC alone.
  MissingAccessKeyIdV1: {
    code: 'AccessDenied',
    status: 403,
    message:
      'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters',
    ec: '0002-00000071',
  },
  MissingExpiresV1: {
    code: 'AccessDenied',
    status: 403,
    message:
      'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters',
    ec: '0002-00000067',
  },
  EmptyExpiresV1: {
    code: 'AccessDenied',
    status: 403,
    message:
      'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters',
    ec: '0002-00000068',
  },
  IncompleteUrlV1: {
    code: 'AccessDenied',
    status: 403,
    message:
      'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters',
  },

  // V1 in the Authorization header. Texts are documented, which EC goes with which is inferred.
  EmptyAuthorization: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header value is empty.',
  },
  UnknownAuthorizationScheme: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header is invalid.',
    ec: '0002-00000061',
  },
  AuthorizationWithoutColonV1: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header is invalid, bad num of Items in Authorization header.',
    ec: '0002-00000062',
  },
  AuthorizationWithoutKeyIdV1: {
    code: 'InvalidArgument',
    status: 400,
    message: 'AccessKeyId or Signature is missing in Authorization header value.',
    ec: '0002-00000063',
  },
  AuthorizationKeyIdMalformedV1: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The OSS Access Key Id you provided contains non-acceptable characters.',
    ec: '0002-00000064',
  },
  AuthorizationWithoutSignatureV1: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header is invalid.',
    ec: '0002-00000065',
  },

  // V2, header.
  AuthorizationFieldCountV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header is invalid, bad num of Items in Authorization header.',
    ec: '0002-00000102',
  },
  AuthorizationWithoutColonV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header is invalid.',
    ec: '0002-00000103',
  },
  AuthorizationUnknownFieldV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Unknown parameter in Authorization header.',
    ec: '0002-00000104',
  },
  AuthorizationWithoutKeyIdV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'AccessKeyId or Signature is missing in Authorization header value.',
    ec: '0002-00000105',
  },
  AuthorizationWithoutSignatureV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'AccessKeyId or Signature is missing in Authorization header value.',
    ec: '0002-00000108',
  },
  AuthorizationKeyIdMalformedV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The OSS Access Key Id you provided contains non-acceptable characters.',
    ec: '0002-00000107',
  },
  AuthorizationEmptySignatureV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'AccessKeyId or Signature is missing in Authorization header value.',
    ec: '0002-00000109',
  },
  AdditionalHeadersEmptyV2: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'AdditionalHeaders in the Authorization header is empty. Leave it out or name the headers.',
    ec: '0002-00000110',
  },
  AdditionalHeaderMissingV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A header named in AdditionalHeaders is not sent. Send every header that was signed.',
    ec: '0002-00000112',
  },

  // V2, URL.
  MissingExpiresV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A URL signed with OSS2 requires the parameter x-oss-expires.',
    ec: '0002-00000113',
  },
  EmptyExpiresV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The parameter x-oss-expires can not be empty.',
    ec: '0002-00000114',
  },
  MissingAccessKeyIdV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A URL signed with OSS2 requires the parameter x-oss-access-key-id.',
  },
  EmptyAccessKeyIdV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The parameter x-oss-access-key-id can not be empty.',
    ec: '0002-00000116',
  },
  MissingSignatureV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A URL signed with OSS2 requires the parameter x-oss-signature.',
    ec: '0002-00000117',
  },
  EmptySignatureV2: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The parameter x-oss-signature can not be empty.',
    ec: '0002-00000118',
  },

  // V4, Authorization header.
  AuthorizationMalformedV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header is invalid.',
    ec: '0002-00000202',
  },
  AuthorizationWithoutCredentialV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Authorization header is invalid: it must hold Credential=.',
    ec: '0002-00000205',
  },
  AuthorizationKeyIdMalformedV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The OSS Access Key Id you provided contains non-acceptable characters.',
    ec: '0002-00000206',
  },
  AdditionalHeadersEmptyV4: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'AdditionalHeaders in the Authorization header is empty. Leave it out or name the headers.',
    ec: '0002-00000209',
  },
  AdditionalHeaderNameEmptyV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'AdditionalHeaders holds an empty name. Separate the names with single semicolons.',
    ec: '0002-00000210',
  },
  InvalidCredentialV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid credential in Authorization header.',
    ec: '0002-00000213',
  },
  CredentialDateMalformedV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid credential in Authorization header: its date must be written as YYYYMMDD.',
    ec: '0002-00000212',
  },
  InvalidContentSha256: {
    code: 'InvalidArgument',
    status: 400,
    message: 'x-oss-content-sha256 must be there and must be UNSIGNED-PAYLOAD.',
    ec: '0002-00000214',
  },
  InvalidSigningRegion: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid signing region in Authorization header.',
    ec: '0002-00000226',
  },
  InvalidSigningRegionInUrl: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The signing region in credential is invalid.',
    ec: '0002-00000226',
  },
  UnknownSigningRegion: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid signing region in Authorization header.',
    ec: '0002-00000228',
  },
  InvalidSigningProduct: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid signing product in Authorization header.',
    ec: '0002-00000227',
  },
  InvalidSigningProductInUrl: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The signing product in credential is invalid.',
    ec: '0002-00000227',
  },

  // V4, URL.
  MissingExpiresV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A signed URL requires the parameter x-oss-expires.',
    ec: '0002-00000215',
  },
  EmptyExpiresV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The parameter x-oss-expires can not be empty.',
    ec: '0002-00000216',
  },
  MissingCredentialV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A signed URL requires the parameter x-oss-credential.',
    ec: '0002-00000217',
  },
  EmptyCredentialV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The parameter x-oss-credential can not be empty.',
    ec: '0002-00000218',
  },
  MissingSignatureV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A signed URL requires the parameter x-oss-signature.',
    ec: '0002-00000219',
  },
  EmptySignatureV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The parameter x-oss-signature can not be empty.',
    ec: '0002-00000220',
  },
  CredentialKeyIdMalformedInUrl: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The OSS Access Key Id you provided contains non-acceptable characters.',
    ec: '0002-00000222',
  },
  CredentialDateMalformedInUrl: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The date in x-oss-credential must be written as YYYYMMDD.',
    ec: '0002-00000223',
  },
  InvalidCredentialInUrl: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'x-oss-credential must be AccessKeyId/YYYYMMDD/region/oss/aliyun_v4_request with five parts.',
    ec: '0002-00000224',
  },
  AdditionalHeadersEmptyInUrl: {
    code: 'InvalidArgument',
    status: 400,
    message: 'x-oss-additional-headers is empty. Leave it out or name the signed headers.',
    ec: '0002-00000076',
  },
  AdditionalHeaderMissing: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'A header named in x-oss-additional-headers is not sent. Send every header that was signed.',
    ec: '0002-00000077',
  },
} as const;
