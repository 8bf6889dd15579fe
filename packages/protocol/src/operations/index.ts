// Operations: one definition each, and what encodes and decodes with it.

export * from './bucket/index.ts';
export {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  MalformedAnswerError,
} from './definition/codec.ts';
export {
  type Body,
  emptyMessage,
  type Message,
  type ReceivedMessage,
} from './definition/message.ts';
export type { Field, Level, Method, NotBuilt, Operation, Route } from './definition/operation.ts';
export type { AccessControlPolicy } from './documents/acl.ts';
export type { CnameInput, CnameToken } from './documents/cname.ts';
export {
  type ErrorContext,
  parseErrorDocument,
  parseErrorHeader,
  renderErrorDocument,
} from './documents/error-document.ts';
export {
  type CommonPrefix,
  type EncodingType,
  maxKeysDefault,
  type ObjectSummary,
} from './documents/listing.ts';
export type { OwnerInfo } from './documents/owner.ts';
export type { PublicAccessBlock } from './documents/public-access-block.ts';
export { metadataBytesMax, metadataPrefix } from './fields/metadata.ts';
export type {
  BucketAclWord,
  ObjectAclWord,
  ObjectTypeWord,
  RedundancyWord,
  StorageClassWord,
  VersioningWord,
} from './forms/words.ts';
export type { ConditionHeaders, ObjectHeaders, SystemHeaders } from './headers/object-headers.ts';
export type { PreflightInput, PreflightOutput } from './headers/preflight.ts';
export { notBuiltOperations } from './not-built.ts';
export * from './object/index.ts';
export type { OperationName } from './operation-name.ts';
export * from './service/index.ts';
export { subResources } from './sub-resources.ts';
