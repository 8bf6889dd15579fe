// Operations: one definition each, and what encodes and decodes with it.
export { deleteBucket } from './bucket/delete-bucket.ts';
export {
  type BucketInfo,
  type EncryptionRule,
  type GetBucketInfoOutput,
  getBucketInfo,
} from './bucket/get-bucket-info.ts';
export { type GetBucketLocationOutput, getBucketLocation } from './bucket/get-bucket-location.ts';
export { type HeadBucketOutput, headBucket } from './bucket/head-bucket.ts';
export {
  type ListObjectsInput,
  type ListObjectsOutput,
  listObjects,
} from './bucket/list-objects.ts';
export {
  type ListObjectsV2Input,
  type ListObjectsV2Output,
  listObjectsV2,
} from './bucket/list-objects-v2.ts';
export {
  type CommonPrefix,
  type EncodingType,
  maxKeysDefault,
  type ObjectSummary,
  type ObjectTypeWord,
} from './bucket/listing.ts';
export {
  type BucketConfiguration,
  type PutBucketInput,
  type PutBucketOutput,
  putBucket,
} from './bucket/put-bucket.ts';
export {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  MalformedAnswerError,
} from './codec.ts';
export { metadataBytesMax, metadataPrefix } from './fields/metadata.ts';
export type {
  BucketAclWord,
  ObjectAclWord,
  RedundancyWord,
  StorageClassWord,
} from './forms/words.ts';
export { type Body, emptyMessage, type Message } from './message.ts';
export { type OperationName, operationNames } from './names.ts';
export { notBuiltOperations } from './not-built.ts';
export {
  type DeleteObjectInput,
  type DeleteObjectOutput,
  deleteObject,
} from './object/delete-object.ts';
export {
  type GetObjectInput,
  type GetObjectOutput,
  getObject,
  type ResponseOverrides,
} from './object/get-object.ts';
export {
  type GetObjectMetaInput,
  type GetObjectMetaOutput,
  getObjectMeta,
} from './object/get-object-meta.ts';
export { type HeadObjectInput, headObject } from './object/head-object.ts';
export type { ConditionHeaders, ObjectHeaders, SystemHeaders } from './object/object-headers.ts';
export { type PutObjectInput, type PutObjectOutput, putObject } from './object/put-object.ts';
export type { Field, Level, Method, NotBuilt, Operation, Route } from './operation.ts';
export { type Operations, operations } from './operations.ts';
export type { OwnerInfo } from './owner.ts';
export {
  type BucketSummary,
  type ListBucketsInput,
  type ListBucketsOutput,
  listBuckets,
} from './service/list-buckets.ts';
export { subResources } from './sub-resources.ts';
