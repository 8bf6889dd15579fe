// Refusals of a request whose sender is known, or is nobody, and may not do this.
// Rules: errors reference §3, signing reference §7.2 and §8.

export const authorizationCases = {
  // Also the answer to an anonymous list: it says nothing about what is there.
  AccessDenied: { code: 'AccessDenied', status: 403, message: 'AccessDenied' },
  AccessDeniedByBucketAcl: {
    code: 'AccessDenied',
    status: 403,
    message: 'You have no right to access this object because of bucket acl.',
    ec: '0003-00000001',
  },
  NoReadPermission: {
    code: 'AccessDenied',
    status: 403,
    message: 'You do not have read permission on this object.',
    ec: '0003-00000005',
  },
  NoWritePermission: {
    code: 'AccessDenied',
    status: 403,
    message: 'You do not have write permission on this object.',
  },
  NoReadAclPermission: {
    code: 'AccessDenied',
    status: 403,
    message: 'You do not have read acl permission on this object.',
    ec: '0003-00000007',
  },
  NoWriteAclPermission: {
    code: 'AccessDenied',
    status: 403,
    message: 'You do not have write acl permission on this object.',
    ec: '0003-00000008',
  },
  AnonymousForbidden: {
    code: 'AccessDenied',
    status: 403,
    message: 'Anonymous access is forbidden for this operation.',
    ec: '0003-00001201',
  },
  AnonymousNoRightToBucket: {
    code: 'AccessDenied',
    status: 403,
    message: 'Anonymous user has no right to access this bucket.',
    ec: '0003-00000905',
  },
  AnonymousNoRightToObject: {
    code: 'AccessDenied',
    status: 403,
    message: 'Anonymous user has no right to access this object.',
  },
  // The status page calls it BucketNotBelongTo; what suites see is AccessDenied.
  BucketNotBelongTo: {
    code: 'AccessDenied',
    status: 403,
    message: 'The bucket you access does not belong to you.',
  },
  DeniedByAuthorizerPolicy: {
    code: 'AccessDenied',
    status: 403,
    message: "Access denied by authorizer's policy.",
  },
  DeniedByRamPolicy: {
    code: 'AccessDenied',
    status: 403,
    message: "Access denied by authorizer's policy.",
    ec: '0003-00000201',
  },
  DeniedByBucketPolicy: {
    code: 'AccessDenied',
    status: 403,
    message: 'Access denied by bucket policy.',
    ec: '0003-00000101',
  },
  DeniedByReferer: {
    code: 'AccessDenied',
    status: 403,
    message: 'You are denied by bucket referer policy.',
    ec: '0003-00000501',
  },
  RequesterPays: {
    code: 'AccessDenied',
    status: 403,
    message: 'Access denied for requester pay bucket',
    ec: '0003-00000703',
  },
  WrongEndpoint: {
    code: 'AccessDenied',
    status: 403,
    message:
      ('The bucket you are attempting to access must be addressed using the specified endpoint.' +
        ' Please send all future requests to this endpoint.') as string,
    ec: '0003-00001403',
  },
  ListBucketsForbidden: {
    code: 'AccessDenied',
    status: 403,
    message: 'You are forbidden to list buckets.',
  },
  ListCloudBoxesForbidden: {
    code: 'AccessDenied',
    status: 403,
    message: 'You are forbidden to oss-cloudbox:ListCloudBoxes',
  },
  // Choices row 8, the text says how to switch.
  PublicAccessBlocked: {
    code: 'AccessDenied',
    status: 403,
    message:
      ('A public ACL is refused because Block Public Access is on. Turn it off for this bucket' +
        ' (PutBucketPublicAccessBlock) or for the server (--block-public-access off), or keep the' +
        ' ACL private.') as string,
  },
  UserDisable: {
    code: 'UserDisable',
    status: 403,
    message: 'UserDisable',
    ec: '0003-00000801',
  },
  SecondLevelDomainForbidden: {
    code: 'SecondLevelDomainForbidden',
    status: 403,
    message:
      'The bucket you are attempting to access must be addressed using OSS third level domain.',
  },
  VirtualHostedStyleRequired: {
    code: 'SecondLevelDomainForbidden',
    status: 403,
    message: 'Please use virtual hosted style to access.',
  },
  // Misspelt as OSS serves it.
  CorsNotAllowed: {
    code: 'AccessForbidden',
    status: 403,
    message:
      ('CORSResponse: This CORS request is not allowed. This is usually because the evalution of' +
        ' Origin, request method / Access-Control-Request-Method or Access-Control-Requet-Headers' +
        " are not whitelisted by the resource's CORS spec.") as string,
    ec: '0003-00000602',
  },
  CorsNotEnabled: {
    code: 'AccessForbidden',
    status: 403,
    message: 'CORSResponse: CORS is not enabled for this bucket.',
    ec: '0003-00000601',
  },
  CorsOriginMissing: {
    code: 'BadRequest',
    status: 400,
    message: 'Insufficient information. Origin request header needed.',
    ec: '0034-00000101',
  },
  CorsMethodMissing: {
    code: 'BadRequest',
    status: 400,
    message: 'Insufficient information. Access-Control-Request-Method header needed.',
    ec: '0034-00000102',
  },
} as const;
