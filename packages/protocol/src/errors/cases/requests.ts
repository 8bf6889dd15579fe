// Refusals of what a request says: query, headers, body, conditions, ranges.
// Rules: errors reference §4, choices rows 4, 11, 12, 20, 21.

const malformedXml =
  'The XML you provided was not well-formed or did not validate against our published schema.';

export const requestCases = {
  MalformedXML: { code: 'MalformedXML', status: 400, message: malformedXml as string },
  // Also the answer to PUT ?overwriteConfig and ?objectWorm on a bucket that is not there.
  MalformedCreateBucket: {
    code: 'MalformedXML',
    status: 400,
    message: malformedXml as string,
    ec: '0015-00000231',
  },
  MalformedDelete: {
    code: 'MalformedXML',
    status: 400,
    message: malformedXml as string,
    ec: '0016-00000607',
  },
  DeleteWrongRoot: {
    code: 'MalformedXML',
    status: 400,
    message: malformedXml as string,
    ec: '0016-00000608',
  },
  DeleteTooManyKeys: {
    code: 'MalformedXML',
    status: 400,
    message: malformedXml as string,
    ec: '0016-00000609',
  },
  DeleteEmptyKey: {
    code: 'MalformedXML',
    status: 400,
    message: malformedXml as string,
    ec: '0016-00000611',
  },
  DeleteWithoutObject: {
    code: 'MalformedXML',
    status: 400,
    message: malformedXml as string,
    ec: '0016-00000615',
  },
  MalformedTagging: {
    code: 'MalformedXML',
    status: 400,
    message: malformedXml as string,
    ec: '0010-00000101',
  },

  InvalidDigest: {
    code: 'InvalidDigest',
    status: 400,
    message: 'The Content-MD5 you specified was invalid.',
    ec: '0017-00000503',
  },
  MalformedDigest: {
    code: 'InvalidDigest',
    status: 400,
    message: 'The Content-MD5 you specified was invalid.',
    ec: '0017-00000502',
  },
  InvalidCRC64: {
    code: 'InvalidCRC64',
    status: 400,
    message: 'The x-oss-hash-crc64ecma you specified does not match what we calculated.',
  },
  MissingContentLength: {
    code: 'MissingContentLength',
    status: 411,
    message: 'You must provide the Content-Length HTTP header.',
    ec: '0017-00000101',
  },
  ContentLengthNotInteger: {
    code: 'MissingContentLength',
    status: 411,
    message: 'You must provide the Content-Length HTTP header.',
    ec: '0017-00000103',
  },
  RequestTimeout: {
    code: 'RequestTimeout',
    status: 400,
    message:
      ('Your socket connection to the server was not read from or written to within the timeout' +
        ' period.') as string,
  },
  IncompleteBody: {
    code: 'IncompleteBody',
    status: 400,
    message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  },
  EntityTooLarge: {
    code: 'EntityTooLarge',
    status: 400,
    message: 'Your proposed upload exceeds the maximum allowed size.',
  },
  CopySourceTooLarge: {
    code: 'EntityTooLarge',
    status: 400,
    message: 'Source object Length exceeds the maximum allowed size.',
  },
  EntityTooSmall: {
    code: 'EntityTooSmall',
    status: 400,
    message: 'Your proposed upload smaller than the minimum allowed size.',
  },
  // Complete: a part other than the last is under 100 KiB.
  PartTooSmall: {
    code: 'EntityTooSmall',
    status: 400,
    message: 'Your proposed upload smaller than the minimum allowed size.',
    ec: '0042-00000213',
  },

  // If-* on PutObject among others.
  HeaderNotImplemented: {
    code: 'NotImplemented',
    status: 400,
    message: 'A header you provided implies functionality that is not implemented.',
    ec: '0017-00000245',
  },
  // 400, not 501, because SDKs repeat every 5xx. The helper puts the name in.
  OperationNotImplemented: {
    code: 'NotImplemented',
    status: 400,
    message: 'This operation is not implemented by this server.',
  },
  AnonymousResponseOverride: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Request specific response headers cannot be used for anonymous GET requests.',
  },
  InvalidRequest: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The request is not valid.',
  },
  TooManyHeaders: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The request has more than 200 header fields. Send fewer.',
  },
  HeadersTooLarge: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The header section of the request is larger than 32 KiB. Send less of it.',
  },
  PreconditionFailed: {
    code: 'PreconditionFailed',
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold.',
    ec: '0017-00001001',
  },
  // Sent without a body; a row so that the one place which renders refusals can know it.
  NotModified: { code: 'NotModified', status: 304, message: 'Not Modified' },
  InvalidRange: {
    code: 'InvalidRange',
    status: 416,
    message: 'The requested range cannot be satisfied',
  },

  // The helper of the same name supplies the text; this one is for an argument without its own.
  InvalidArgument: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The value of this argument is not valid.',
  },
  MalformedPercentEncoding: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ('A % in the request target must be followed by two hexadecimal digits. Write a literal' +
        ' percent sign as %25.') as string,
  },
  MalformedRequestTarget: {
    code: 'InvalidArgument',
    status: 400,
    message: ('The request target must begin with / and hold no space, # or control character.' +
      ' Percent-encode them.') as string,
  },
  RepeatedHeader: {
    code: 'InvalidArgument',
    status: 400,
    message: 'This header may be sent once only.',
  },
  UnexpectedQueryParameter: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Unexpected query string parameter',
    ec: '0017-00000219',
  },
  MaxKeysOfBuckets: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The max-keys must be an integer between 1 and 1000, inclusive.',
    ec: '0017-00000289',
  },
  MaxKeysOfObjects: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The max-keys must be an integer between 1 and 1000, inclusive.',
    ec: '0015-00000402',
  },
  MaxKeysOfVersions: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The max-keys must be an integer between 1 and 1000, inclusive.',
    ec: '0012-00000102',
  },
  InvalidContinuationToken: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ('The continuation-token is not one this list returned. Send the NextContinuationToken of' +
        ' the previous answer unchanged, or none to begin again.') as string,
  },
  InvalidVersionId: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid version id specified.',
    ec: '0012-00000202',
  },
  EmptyVersionId: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Version id can not be the empty string.',
    ec: '0012-00000201',
  },
  InvalidVersionIdMarker: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid version id specified.',
    ec: '0012-00000105',
  },
  InvalidBucketAcl: {
    code: 'InvalidArgument',
    status: 400,
    message: 'no such bucket access control exists',
  },
  InvalidObjectAcl: {
    code: 'InvalidArgument',
    status: 400,
    message: 'no such object access control exists',
  },
  InvalidForbidOverwrite: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The value of x-oss-forbid-overwrite must be true or false.',
    ec: '0017-00000279',
  },
  InvalidCopySource: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.',
  },
  CopySourceUnknownParameter: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.',
    ec: '0016-00000304',
  },
  CopySourceEmptyVersionId: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Version id can not be the empty string.',
    ec: '0016-00000305',
  },
  PartCopySourceEmpty: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.',
    ec: '0042-00000302',
  },
  InvalidStorageClass: {
    code: 'InvalidArgument',
    status: 400,
    message: 'No such bucket storage class exists.',
  },
  TrafficLimitOutOfRange: {
    code: 'InvalidArgument',
    status: 400,
    message: ('x-oss-traffic-limit is invalid, should be specified between 819200(100KB/s) and' +
      ' 838860800(100MB/s).') as string,
  },
  TrafficLimitInBothPlaces: {
    code: 'InvalidArgument',
    status: 400,
    message: 'x-oss-traffic-limit should be specified either in query string or header, not both.',
  },
  TaggingHeaderNotEncoded: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ("The header 'x-oss-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters" +
        ' without tag name duplicates.') as string,
    ec: '0010-00000219',
  },
  VersioningStatusMissing: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The Versioning element must be specified.',
  },
  BadDateFormat: { code: 'InvalidArgument', status: 400, message: 'Bad date format.' },
  CallbackInBothPlaces: {
    code: 'InvalidArgument',
    status: 400,
    message: ('Either the callback query string parameter or the x-oss-callback header should be' +
      ' specified, not both.') as string,
  },
  CallbackNotBase64: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The callback configuration is not base64 encoded.',
  },
  CallbackNotJson: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The callback configuration is not json format.',
  },
  CallbackBodyEmpty: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The callback body is empty.',
  },
  CallbackTooManyUrls: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The number of callback url exceed max value.',
  },
  CallbackPrivateAddress: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Private address is forbidden to callback.',
  },
  MissingPosition: {
    code: 'MissingArgument',
    status: 400,
    message: 'Missing Some Required Arguments.',
    ec: '0016-00000501',
  },
  InvalidPosition: {
    code: 'MissingArgument',
    status: 400,
    message: 'Missing Some Required Arguments.',
    ec: '0016-00000502',
  },
} as const;
