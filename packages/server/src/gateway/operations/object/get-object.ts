import {
  contentRange,
  type GetObjectInput,
  getObject,
  invalidRange,
  type ObjectHeaders,
  resolveRange,
} from '@osskeep/protocol';
import { handler } from '../../handler.ts';
import { forcedDownload } from './forced-download.ts';
import { requireConditions } from './read-conditions.ts';
import { objectHeaders } from './stored-headers.ts';

export const getObjectHandler = handler(
  getObject,
  'oss:GetObject',
  'read-object',
  async (input, { store, settings, style, warn, bucket, key }) => {
    let slice: Slice | undefined;
    const which = { versionId: input.versionId, method: 'GET' };
    const { object, bytes } = await store.objects.open(bucket, key, which, (found) => {
      requireConditions(input, found);
      slice = chooseSlice(input, found.size);
      return slice ?? { from: 0, to: found.size };
    });
    const part = slice as Slice | undefined;
    const headers = { ...objectHeaders(object), ...overrides(input) };
    return {
      ...headers,
      ...forcedDownload(headers, style, settings.parity, warn),
      contentLength: part === undefined ? object.size : part.to - part.from,
      contentRange: part && contentRange(part, object.size),
      body: bytes,
    };
  },
);

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
function overrides(input: GetObjectInput): Partial<ObjectHeaders> {
  const wanted: Partial<ObjectHeaders> = {
    contentType: input.responseContentType,
    contentLanguage: input.responseContentLanguage,
    expires: input.responseExpires,
    cacheControl: input.responseCacheControl,
    contentDisposition: input.responseContentDisposition,
    contentEncoding: input.responseContentEncoding,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}
