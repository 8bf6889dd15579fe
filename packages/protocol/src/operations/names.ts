// The operations this version has. The server's registry is a record over these names, so that one
// without a handler does not compile; so are the fixtures of the tests.

export const operationNames = [
  'ListBuckets',
  'PutBucket',
  'HeadBucket',
  'DeleteBucket',
  'GetBucketInfo',
  'GetBucketLocation',
  'ListObjects',
  'ListObjectsV2',
  'PutObject',
  'GetObject',
  'HeadObject',
  'GetObjectMeta',
  'DeleteObject',
] as const;

export type OperationName = (typeof operationNames)[number];
