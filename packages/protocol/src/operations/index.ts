// Operations: one definition each, and what encodes and decodes with it.

export type { AccessControlPolicy } from './acl.ts';
export type { CnameInput, CnameToken } from './bucket/cname.ts';
export { createCnameToken } from './bucket/create-cname-token.ts';
export { deleteBucket } from './bucket/delete-bucket.ts';
export { deleteBucketCors } from './bucket/delete-bucket-cors.ts';
export { deleteBucketPublicAccessBlock } from './bucket/delete-bucket-public-access-block.ts';
export { deleteCname } from './bucket/delete-cname.ts';
export {
  type GetBucketAclOutput,
  getBucketAcl,
} from './bucket/get-bucket-acl.ts';
export { getBucketCors } from './bucket/get-bucket-cors.ts';
export {
  type BucketInfo,
  type EncryptionRule,
  type GetBucketInfoOutput,
  getBucketInfo,
} from './bucket/get-bucket-info.ts';
export { type GetBucketLocationOutput, getBucketLocation } from './bucket/get-bucket-location.ts';
export { getBucketPublicAccessBlock } from './bucket/get-bucket-public-access-block.ts';
export {
  type GetBucketVersioningOutput,
  getBucketVersioning,
} from './bucket/get-bucket-versioning.ts';
export { getCnameToken } from './bucket/get-cname-token.ts';
export { type HeadBucketOutput, headBucket } from './bucket/head-bucket.ts';
export {
  type CnameCertificate,
  type CnameInfo,
  type ListCnameOutput,
  listCname,
} from './bucket/list-cname.ts';
export {
  type DeleteMarker,
  type ListObjectVersionsInput,
  type ListObjectVersionsOutput,
  listObjectVersions,
  type ObjectVersion,
  type VersionEntry,
} from './bucket/list-object-versions.ts';
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
export { optionBucket } from './bucket/option-bucket.ts';
export {
  type BucketConfiguration,
  type PutBucketInput,
  type PutBucketOutput,
  putBucket,
} from './bucket/put-bucket.ts';
export {
  type PutBucketAclInput,
  type PutBucketAclOutput,
  putBucketAcl,
} from './bucket/put-bucket-acl.ts';
export { putBucketCors } from './bucket/put-bucket-cors.ts';
export { putBucketPublicAccessBlock } from './bucket/put-bucket-public-access-block.ts';
export {
  type PutBucketVersioningInput,
  putBucketVersioning,
} from './bucket/put-bucket-versioning.ts';
export {
  type CertificateConfiguration,
  type PutCnameInput,
  putCname,
} from './bucket/put-cname.ts';
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
  VersioningWord,
} from './forms/words.ts';
export { type Body, emptyMessage, type Message, type ReceivedMessage } from './message.ts';
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
  type GetObjectAclInput,
  type GetObjectAclOutput,
  getObjectAcl,
} from './object/get-object-acl.ts';
export {
  type GetObjectMetaInput,
  type GetObjectMetaOutput,
  getObjectMeta,
} from './object/get-object-meta.ts';
export { type HeadObjectInput, headObject } from './object/head-object.ts';
export type { ConditionHeaders, ObjectHeaders, SystemHeaders } from './object/object-headers.ts';
export { optionObject } from './object/option-object.ts';
export { type PutObjectInput, type PutObjectOutput, putObject } from './object/put-object.ts';
export {
  type PutObjectAclInput,
  type PutObjectAclOutput,
  putObjectAcl,
} from './object/put-object-acl.ts';
export type { Field, Level, Method, NotBuilt, Operation, Route } from './operation.ts';
export { type Operations, operations } from './operations.ts';
export type { OwnerInfo } from './owner.ts';
export type { PreflightInput, PreflightOutput } from './preflight.ts';
export type { PublicAccessBlock } from './public-access-block.ts';
export { deletePublicAccessBlock } from './service/delete-public-access-block.ts';
export { getPublicAccessBlock } from './service/get-public-access-block.ts';
export {
  type BucketSummary,
  type ListBucketsInput,
  type ListBucketsOutput,
  listBuckets,
} from './service/list-buckets.ts';
export { putPublicAccessBlock } from './service/put-public-access-block.ts';
export { subResources } from './sub-resources.ts';
