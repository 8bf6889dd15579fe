// Errors of the protocol: the type, the table of cases and the functions that make them.
export type { ErrorRow } from './error-row.ts';
export { OssError, type OssErrorInit } from './oss-error.ts';
export { EC_RECOMMEND_URL, recommendDoc } from './recommend-doc.ts';
export {
  cnameTokenNotFound,
  corsRefused,
  deleteMarkerRefused,
  formFieldMissing,
  headerNotImplemented,
  invalidArgument,
  invalidArgumentCase,
  invalidRange,
  noSuchBucket,
  noSuchKey,
  noSuchKeyBehindMarker,
  noSuchUpload,
  noSuchVersion,
  operationNotImplemented,
  ossError,
  policyConditionFailed,
  preconditionFailed,
  type RefusalExtras,
  repeatedHeader,
  unexpectedQueryParameter,
} from './refuse.ts';
export { type ErrorCase, errorTable } from './table.ts';
