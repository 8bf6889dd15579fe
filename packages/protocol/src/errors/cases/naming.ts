// Refusals about which buckets, keys and versions exist and how they may be named.
// Rule: errors reference §2.

export const namingCases = {
  NoSuchBucket: {
    code: 'NoSuchBucket',
    status: 404,
    message: 'The specified bucket does not exist.',
    ec: '0015-00000101',
  },
  NoSuchKey: {
    code: 'NoSuchKey',
    status: 404,
    message: 'The specified key does not exist.',
    ec: '0026-00000001',
  },
  NoSuchVersion: {
    code: 'NoSuchVersion',
    status: 404,
    message: 'The specified version does not exist.',
  },
  // GET, HEAD, ACL and their like with the versionId of a delete marker.
  MethodNotAllowedOnDeleteMarker: {
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    ec: '0003-00000016',
  },
  MethodNotAllowed: {
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
  },
  SymlinkTargetNotExist: {
    code: 'SymlinkTargetNotExist',
    status: 404,
    message: 'The symlink target object does not exist',
    ec: '0026-00000012',
  },
  // A link that leads to another link.
  InvalidTargetType: {
    code: 'InvalidTargetType',
    status: 400,
    message: "The symbolic's target file type is invalid.",
  },
  NotSymlink: {
    code: 'NotSymlink',
    status: 400,
    message: 'The object is not symlink.',
    ec: '0043-00000101',
  },
  InvalidBucketName: {
    code: 'InvalidBucketName',
    status: 400,
    message: 'The specified bucket is not valid.',
    ec: '0015-00000001',
  },
  ObjectNameTooLong: {
    code: 'InvalidObjectName',
    status: 400,
    message: 'The Length of Object name must be less than 1024.',
  },
  ObjectNameEmpty: {
    code: 'InvalidObjectName',
    status: 400,
    message: 'The Object name can not be empty.',
  },
  // A leading `/` or `\`, or a NUL (choices row 13).
  InvalidObjectName: {
    code: 'InvalidObjectName',
    status: 400,
    message: 'The specified object is not valid.',
  },
  NotUtf8: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The characters encoding must be utf-8.',
  },
  // Creating, or setting the ACL of, a bucket that belongs to another account. SDK mocks carry
  // EC 0015-00000104; the service's own page for "other owner" is 0015-00000102.
  BucketAlreadyExists: {
    code: 'BucketAlreadyExists',
    status: 409,
    message:
      ('The requested bucket name is not available. The bucket namespace is shared by all users' +
        ' of the system. Please select a different name and try again.') as string,
    ec: '0015-00000102',
  },
  // The owner creates the bucket again with settings that cannot change.
  BucketStorageClassFixed: {
    code: 'BucketAlreadyExists',
    status: 409,
    message: "Cannot modify existing bucket's storage class.",
  },
  BucketStorageTypeFixed: {
    code: 'BucketAlreadyExists',
    status: 409,
    message: "Bucket already exists can't modify storage type.",
  },
  BucketLocationFixed: {
    code: 'BucketAlreadyExists',
    status: 409,
    message: "Bucket already exists can't modify location.",
  },
  BucketRedundancyFixed: {
    code: 'BucketAlreadyExists',
    status: 409,
    message: "Bucket already exists can't modify data redundancy type.",
  },
  BucketNotEmpty: {
    code: 'BucketNotEmpty',
    status: 409,
    message: 'The bucket has objects. Please delete them first.',
    ec: '0015-00000301',
  },
  BucketHasUploads: {
    code: 'BucketNotEmpty',
    status: 409,
    message: 'The bucket has Multipart Uploads. Please delete them first.',
  },
  TooManyBuckets: {
    code: 'TooManyBuckets',
    status: 400,
    message: 'You have attempted to create more buckets than allowed.',
  },
  InvalidLocationConstraint: {
    code: 'InvalidLocationConstraint',
    status: 400,
    message: 'The specified location-constraint is not valid',
  },
  NoSuchRegion: { code: 'NoSuchRegion', status: 404, message: 'NoSuchRegion' },
  ResourceGroupIdPreCheckError: {
    code: 'ResourceGroupIdPreCheckError',
    status: 400,
    message: 'The resource group id precheck error',
    ec: '0039-00000003',
  },
} as const;
