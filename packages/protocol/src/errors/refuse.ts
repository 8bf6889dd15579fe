// Makes the OssError of a case. The small functions below fix which elements a case carries, so
// that every place that throws one words it alike.

import type { ErrorRow } from './error-row.ts';
import { OssError } from './oss-error.ts';
import { type ErrorCase, errorTable } from './table.ts';

export interface RefusalExtras {
  /** Replaces the table's sentence where a case can say more. */
  readonly message?: string | undefined;
  /** Replaces the table's EC. */
  readonly ec?: string | undefined;
  /** Response headers of the refusal, lower-case names. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly closeConnection?: boolean | undefined;
  readonly cause?: unknown;
}

/** The refusal of this case; `details` are the extra elements of the error document, in order. */
export function ossError(
  errorCase: ErrorCase,
  details?: Readonly<Record<string, string>>,
  more: RefusalExtras = {},
): OssError {
  const row: ErrorRow = errorTable[errorCase];
  return new OssError({
    code: row.code,
    status: row.status,
    message: more.message ?? row.message,
    ec: more.ec ?? row.ec,
    details,
    headers: more.headers,
    closeConnection: more.closeConnection,
    cause: more.cause,
  });
}

/** 400 for one named argument: `message` says what to change. */
export function invalidArgument(
  name: string,
  value: string,
  message: string = errorTable.InvalidArgument.message,
  ec?: string,
): OssError {
  return invalidArgumentCase('InvalidArgument', name, value, { message, ec });
}

/** As `invalidArgument`, for a case that has its own row. */
export function invalidArgumentCase(
  errorCase: ErrorCase,
  name: string,
  value: string,
  more?: RefusalExtras,
): OssError {
  return ossError(errorCase, { ArgumentName: name, ArgumentValue: value }, more);
}

export function noSuchBucket(name: string): OssError {
  return ossError('NoSuchBucket', { BucketName: name });
}

export function noSuchKey(key: string): OssError {
  return ossError('NoSuchKey', { Key: key });
}

/** The latest version is a delete marker: the headers tell so (errors reference §2). */
export function noSuchKeyBehindMarker(key: string, versionId: string): OssError {
  const headers = { 'x-oss-delete-marker': 'true', 'x-oss-version-id': versionId };
  return ossError('NoSuchKey', { Key: key }, { headers });
}

export function noSuchVersion(key: string, versionId: string): OssError {
  return ossError('NoSuchVersion', { Key: key, VersionId: versionId });
}

/** The versionId asked for is a delete marker's (operations reference §3.8). */
export function deleteMarkerRefused(method: string, versionId: string): OssError {
  return ossError(
    'MethodNotAllowedOnDeleteMarker',
    { Method: method, ResourceType: 'DeleteMarker' },
    {
      headers: {
        allow: 'DELETE',
        'x-oss-delete-marker': 'true',
        'x-oss-version-id': versionId,
      },
    },
  );
}

export function noSuchUpload(
  uploadId: string,
  errorCase: 'NoSuchUpload' | 'NoSuchUploadForPart' | 'NoSuchUploadForPartCopy' = 'NoSuchUpload',
): OssError {
  return ossError(errorCase, { UploadId: uploadId });
}

export function preconditionFailed(condition: string): OssError {
  return ossError('PreconditionFailed', { Condition: condition });
}

export function invalidRange(size: number, rangeRequested: string): OssError {
  return ossError(
    'InvalidRange',
    { ActualObjectSize: String(size), RangeRequested: rangeRequested },
    { headers: { 'content-range': `bytes */${size}` } },
  );
}

/** A known operation or sub-resource that this server does not have (choices row 21). */
export function operationNotImplemented(name: string): OssError {
  const message = `${name} is not implemented by this server.`;
  return ossError('OperationNotImplemented', { Operation: name }, { message });
}

/** A known header whose function this request can not have. */
export function headerNotImplemented(header: string): OssError {
  return ossError('HeaderNotImplemented', { Header: header });
}

/** A known sub-resource at a level or with a method that has no such operation. */
export function unexpectedQueryParameter(name: string): OssError {
  return invalidArgumentCase('UnexpectedQueryParameter', 'ResourceType', name);
}

/** A header that must be single came twice: the framing is in doubt (choices row 11). */
export function repeatedHeader(name: string, value: string): OssError {
  return invalidArgumentCase('RepeatedHeader', name, value, {
    message: `The header ${name} may be sent once only.`,
    closeConnection: true,
  });
}

/** A preflight request that no rule allows, or a bucket without rules (errors reference §3). */
export function corsRefused(
  errorCase: 'CorsNotAllowed' | 'CorsNotEnabled',
  requestMethod: string,
  level: 'bucket' | 'object',
): OssError {
  return ossError(errorCase, { Method: requestMethod, ResourceType: level.toUpperCase() });
}

export function cnameTokenNotFound(bucket: string, domain: string): OssError {
  return ossError('CnameTokenNotFound', { Bucket: bucket, Cname: domain });
}

/** A form upload without a field that it must have (signing reference §7.4). */
export function formFieldMissing(field: string): OssError {
  const message =
    `The bucket POST must contain the specified '${field}'. If it is specified, please check` +
    ' the order of the fields';
  return invalidArgumentCase('FormFieldMissing', field, '', { message });
}

/** A policy's condition does not hold; `condition` is its JSON. */
export function policyConditionFailed(condition: string): OssError {
  const message = `Invalid according to Policy: Policy Condition failed: ${condition}`;
  return ossError('PolicyConditionFailed', {}, { message });
}
