import {
  contentRange,
  type GetObjectInput,
  type GetObjectOutput,
  getObject,
  invalidRange,
  resolveRange,
} from '@osskeep/protocol';
import { whenThere } from '../../../core/eventually.ts';
import type { ObjectBytes } from '../../../core/objects/read-body.ts';
import type { StoredObject } from '../../../core/objects/stored-object.ts';
import { type HandlerContext, handler } from '../../handler.ts';
import { forcedDownload } from './forced-download.ts';
import { requireConditions } from './read-conditions.ts';
import { objectHeaders } from './stored-headers.ts';

export const getObjectHandler = handler(
  getObject,
  'oss:GetObject',
  'read-object',
  (input, context) => {
    let slice: Slice | undefined;
    const which = { versionId: input.versionId, method: 'GET' };
    const opened = context.store.objects.open(context.bucket, context.key, which, (found) => {
      requireConditions(input, found);
      slice = chooseSlice(input, found.size);
      return slice ?? { from: 0, to: found.size };
    });
    return whenThere(opened, ({ object, bytes }) => answer(input, context, object, slice, bytes));
  },
);

function answer(
  input: GetObjectInput,
  { style, settings, warn }: HandlerContext,
  object: StoredObject,
  slice: Slice | undefined,
  body: ObjectBytes,
): GetObjectOutput {
  const output: GetObjectOutput = { ...objectHeaders(object), body };
  override(output, input);
  Object.assign(output, forcedDownload(output, style, settings.parity, warn));
  if (slice !== undefined) {
    output.contentLength = slice.to - slice.from;
    output.contentRange = contentRange(slice, object.size);
  }
  return output;
}

interface Slice {
  readonly from: number;
  readonly to: number;
}

/** undefined = the whole object, with 200. Throws InvalidRange. */
function chooseSlice(input: GetObjectInput, size: number): Slice | undefined {
  if (input.range === undefined) return undefined;
  const range = resolveRange(input.range, size, input.rangeBehavior === 'standard');
  if (range.kind === 'unsatisfiable') throw invalidRange(size, input.range);
  return range.kind === 'slice' ? { from: range.from, to: range.to } : undefined;
}

/** `response-*` parameters replace what is stored. */
function override(output: GetObjectOutput, input: GetObjectInput): void {
  if (input.responseContentType !== undefined) output.contentType = input.responseContentType;
  if (input.responseContentLanguage !== undefined) {
    output.contentLanguage = input.responseContentLanguage;
  }
  if (input.responseExpires !== undefined) output.expires = input.responseExpires;
  if (input.responseCacheControl !== undefined) output.cacheControl = input.responseCacheControl;
  if (input.responseContentDisposition !== undefined) {
    output.contentDisposition = input.responseContentDisposition;
  }
  if (input.responseContentEncoding !== undefined) {
    output.contentEncoding = input.responseContentEncoding;
  }
}
