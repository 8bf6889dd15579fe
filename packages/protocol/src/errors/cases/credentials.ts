// Refusals about who signs and until when: access keys, security tokens, dates and lifetimes.
// Rules: errors reference §3, signing reference §6 and §7.2.

export const credentialCases = {
  InvalidAccessKeyId: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The OSS Access Key Id you provided does not exist in our records.',
    ec: '0002-00000902',
  },
  AccessKeyDisabled: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The OSS Access Key Id you provided is disabled.',
    ec: '0002-00000903',
  },
  AccessKeyDisabledForAddress: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The OSS Access Key Id you provided is disabled.',
    ec: '0002-00000904',
  },
  AccessKeyIdMalformed: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The OSS Access Key Id you provided contains non-acceptable characters.',
    ec: '0002-00000901',
  },

  StsKeyUnknown: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The OSS Access Key Id you provided does not exist in our records.',
    ec: '0002-00000002',
  },
  StsKeyWithoutToken: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The OSS Access Key Id you provided does not exist in our records.',
    ec: '0002-00000003',
  },
  TokenOfAnotherKey: {
    code: 'AccessKeyIdAndSecurityTokenNotMatch',
    status: 403,
    message: 'The OSS access key id and security token you provided does not match.',
    ec: '0002-00000004',
  },
  InvalidSecurityToken: {
    code: 'InvalidSecurityToken',
    status: 403,
    message: 'The security token you provided is invalid.',
    ec: '0002-00000006',
  },
  SecurityTokenAltered: {
    code: 'InvalidSecurityToken',
    status: 403,
    message: 'The security token you provided is invalid.',
    ec: '0002-00000008',
  },
  // Undocumented by OSS; refused so that a stray token is noticed (choices row 17).
  TokenWithOrdinaryKey: {
    code: 'InvalidSecurityToken',
    status: 403,
    message:
      ('The security token you provided is invalid. This access key is not a temporary one: send' +
        ' no token with it.') as string,
  },
  SecurityTokenExpired: {
    code: 'SecurityTokenExpired',
    status: 403,
    message: 'The security token you provided has expired.',
    ec: '0002-00000007',
  },
  TokenInBothPlaces: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ('The security token is in a header and in the URL. Send it in one place, the one where the' +
        ' signature is.') as string,
    ec: '0002-00000010',
  },
  TokenMustBeInUrl: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Security-token must be provided by query string parameter.',
    ec: '0002-00000005',
  },
  SecurityTokenNotSupported: {
    code: 'SecurityTokenNotSupported',
    status: 403,
    message: 'This interface does not support security token.',
  },

  RequestTimeTooSkewed: {
    code: 'RequestTimeTooSkewed',
    status: 403,
    message: 'The difference between the request time and the current time is too large.',
    ec: '0002-00000504',
  },
  MissingDate: {
    code: 'AccessDenied',
    status: 403,
    message: 'OSS authentication requires a valid Date.',
    ec: '0002-00000503',
  },
  MalformedDate: {
    code: 'AccessDenied',
    status: 403,
    message: 'OSS authentication requires a valid Date.',
    ec: '0002-00000502',
  },
  MalformedTime: {
    code: 'AccessDenied',
    status: 403,
    message: 'OSS authentication requires a valid Date.',
    ec: '0002-00000505',
  },
  // V1 and V2. ossutil looks for this very sentence.
  ExpiredUrlV1: {
    code: 'AccessDenied',
    status: 403,
    message: 'Request has expired.',
    ec: '0002-00000069',
  },
  ExpiredUrlV4: {
    code: 'AccessDenied',
    status: 403,
    message: 'Request has expired.',
    ec: '0002-00000236',
  },
  NotYetValid: {
    code: 'AccessDenied',
    status: 403,
    message:
      ('The URL is not valid yet: its x-oss-date lies too far in the future. Correct the clock' +
        ' of the machine that signed it.') as string,
    ec: '0002-00000235',
  },
  InvalidExpires: {
    code: 'AccessDenied',
    status: 403,
    message: 'Invalid date (should be seconds since epoch).',
    ec: '0002-00000070',
  },
  // The code of the texts that follow is InvalidArgument, unlike V1's.
  ExpiresOutOfRangeV4: {
    code: 'InvalidArgument',
    status: 400,
    message: 'x-oss-expires is invalid, should be specified between 1 and 604800 seconds.',
    ec: '0002-00000232',
  },
  CredentialDateNotRequestDay: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'The date in the credential must be the day of the request in UTC, written as YYYYMMDD.',
    ec: '0002-00000212',
  },
} as const;
