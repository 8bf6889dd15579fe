// GET /bucket/key (operations reference T0-16).

import type { Body } from '../definition/message.ts';
import type { Field, Operation } from '../definition/operation.ts';
import { bytes, fields, header, query } from '../fields/fields.ts';
import { booleanText, oneOf, text, versionId } from '../forms/forms.ts';
import {
  type ConditionHeaders,
  conditionHeaders,
  type ObjectHeaders,
  objectHeaders,
} from '../headers/object-headers.ts';

const rangeBehaviors = ['standard'] as const;

/** Replace the same-named headers of the answer; only in signed requests (operations reference §3.5). */
export interface ResponseOverrides {
  responseContentType?: string | undefined;
  responseContentLanguage?: string | undefined;
  responseExpires?: string | undefined;
  responseCacheControl?: string | undefined;
  responseContentDisposition?: string | undefined;
  responseContentEncoding?: string | undefined;
}

export interface GetObjectInput extends ConditionHeaders, ResponseOverrides {
  /** The latest version when absent. */
  versionId?: string | undefined;
  /** `bytes=0-99`; out of bounds gives the whole object unless `rangeBehavior` is set. */
  range?: string | undefined;
  /** `standard`: ranges as HTTP has them, 416 where none can be served. */
  rangeBehavior?: 'standard' | undefined;
}

export interface GetObjectOutput extends ObjectHeaders {
  body: Body;
  /** `bytes 0-99/1234`; present exactly in answers with status 206. */
  contentRange?: string | undefined;
  /** True: the service has browsers save it, whatever the object says. */
  forceDownload?: boolean | undefined;
}

/** A range's answer is told by its status as well as its header. */
const contentRange: Field<string | undefined> = {
  encode: (value, message) => {
    if (value === undefined) return;
    message.headers.set('content-range', value);
    message.status = 206;
  },
  decode: (message) => message.headers.get('content-range'),
};

/** Reads an object, or a range of it. 304 and 412 are thrown as OssError. */
export const getObject: Operation<'GetObject', GetObjectInput, GetObjectOutput> = {
  name: 'GetObject',
  route: { method: 'GET', on: 'object' },
  success: 200,
  requestBody: 'none',
  notBuilt: { headers: ['x-oss-traffic-limit'], query: ['x-oss-traffic-limit'] },
  request: fields<GetObjectInput>({
    ...conditionHeaders,
    versionId: query('versionId', versionId),
    range: header('range', text),
    rangeBehavior: header('x-oss-range-behavior', oneOf(rangeBehaviors)),
    responseContentType: query('response-content-type', text),
    responseContentLanguage: query('response-content-language', text),
    responseExpires: query('response-expires', text),
    responseCacheControl: query('response-cache-control', text),
    responseContentDisposition: query('response-content-disposition', text),
    responseContentEncoding: query('response-content-encoding', text),
  }),
  response: fields<GetObjectOutput>({
    ...objectHeaders,
    body: bytes,
    contentRange,
    forceDownload: header('x-oss-force-download', booleanText()),
  }),
};
