// Refusals about encryption and about tags. Rule: errors reference §4.

export const encryptionCases = {
  // A Java test compares this text up to "AES25".
  InvalidEncryptionAlgorithm: {
    code: 'InvalidEncryptionAlgorithmError',
    status: 400,
    message: 'The Encryption request you specified is not valid. Supported value: AES256/SM4/KMS.',
  },
  InvalidDataEncryptionAlgorithm: {
    code: 'InvalidDataEncryptionAlgorithmError',
    status: 400,
    message: 'The KMS Data Encryption request you specified is not valid. Supported value:SM4',
  },
  InvalidClientEncryption: {
    code: 'InvalidEncryptionRequest',
    status: 400,
    message:
      ('The client encryption meta of the multipart upload is missing, set twice or inconsistent.' +
        ' Send the same x-oss-meta-client-side-encryption-* headers with Initiate only.') as string,
  },
  ClientEncryptionPartCopy: {
    code: 'InvalidEncryptionRequest',
    status: 400,
    message: "Client encryption doesn't support upload part copy.",
  },
  // The API pages say 403, the status page 400.
  KmsServiceNotEnabled: {
    code: 'KmsServiceNotEnabled',
    status: 403,
    message: 'This user does not turn on KMS service.',
  },
  KmsKeyWithoutKms: {
    code: 'InvalidArgument',
    status: 400,
    message: 'KMSMasterKeyID is not applicable if the default sse algorithm is not KMS.',
  },

  InvalidTagKey: {
    code: 'InvalidTag',
    status: 400,
    message: 'The TagKey you have provided is invalid.',
    ec: '0010-00000212',
  },
  InvalidTagValue: {
    code: 'InvalidTag',
    status: 400,
    message: 'The TagValue you have provided is invalid.',
    ec: '0010-00000217',
  },
  TooManyObjectTags: {
    code: 'InvalidTag',
    status: 400,
    message: 'The object has more than 10 tags. Send 10 or fewer.',
    ec: '0010-00000217',
  },
  RepeatedTags: { code: 'RepeatedTags', status: 400, message: 'Tag keys must be unique.' },
  TooManyTags: {
    code: 'TooManyTags',
    status: 400,
    message: 'The bucket tags num is beyond limit.',
  },
  InvalidTaggingKey: {
    code: 'InvalidTaggingKey',
    status: 400,
    message: 'The tagging key you provided is invalid.',
  },
  ReservedTagPrefix: {
    code: 'InvalidArgument',
    status: 400,
    message: 'A bucket tag key must not begin with http://, https:// or Aliyun. Choose another.',
    ec: '0010-00000207',
  },
} as const;
