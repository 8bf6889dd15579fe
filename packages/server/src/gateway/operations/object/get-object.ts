import {
  contentRange,
  type GetObjectInput,
  type GetObjectOutput,
  getObject,
  invalidRange,
  type ObjectHeaders,
  resolveRange,
} from '@osskeep/protocol';
import type { ObjectBytes } from '../../../core/objects/read-body.ts';
import { whenThere } from '../../../core/ports/eventually.ts';
import type { StoredObject } from '../../../core/versions/stored-object.ts';
import { closeAfter } from '../../answers/close-after.ts';
import { Described } from '../../request/described.ts';
import { type HandlerContext, handler } from '../../request/handler.ts';
import { forcedDownload } from './forced-download.ts';
import { requireConditions } from './read-conditions.ts';
import { objectHeaders, shownType } from './stored-headers.ts';

export const getObjectHandler = handler({
  operation: getObject,
  action: 'oss:GetObject',
  need: 'read-object',
  run: (input, context) => {
    let slice: Slice | undefined;
    const which = { versionId: input.versionId, method: 'GET', at: context.at };
    const opened = context.store.objects.open(context.bucket, context.key, which, (found) => {
      requireConditions(input, found);
      slice = chooseSlice(input, found.size);
      return slice ?? { from: 0, to: found.size };
    });
    return whenThere(opened, ({ object, bytes }) => {
      try {
        return answer(input, context, object, slice, bytes);
      } catch (failure) {
        return closeAfter(failure, bytes);
      }
    });
  },
});

function answer(
  input: GetObjectInput,
  context: HandlerContext,
  object: StoredObject,
  slice: Slice | undefined,
  body: ObjectBytes,
): GetObjectOutput | Described<GetObjectOutput> {
  const replaced = overrides(input);
  const forced = forcedDownload({ ...shownType(object), ...replaced }, context);
  if (slice === undefined && replaced === undefined && forced === undefined) {
    return new Described(object, body, () => ({ ...objectHeaders(object), body }));
  }
  const output: GetObjectOutput = { ...objectHeaders(object), ...replaced, ...forced, body };
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

const overriding = [
  ['responseContentType', 'contentType'],
  ['responseContentLanguage', 'contentLanguage'],
  ['responseExpires', 'expires'],
  ['responseCacheControl', 'cacheControl'],
  ['responseContentDisposition', 'contentDisposition'],
  ['responseContentEncoding', 'contentEncoding'],
] as const;

/** `response-*` parameters replace what is stored; undefined where there are none. */
function overrides(input: GetObjectInput): Partial<ObjectHeaders> | undefined {
  let replaced: Partial<ObjectHeaders> | undefined;
  for (const [parameter, header] of overriding) {
    const value = input[parameter];
    if (value === undefined) continue;
    replaced ??= {};
    replaced[header] = value;
  }
  return replaced;
}
