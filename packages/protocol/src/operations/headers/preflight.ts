// What a browser asks before a cross-origin request, and the answer: the same for a bucket and for
// an object (operations reference T1-09).

import type { Field } from '../definition/operation.ts';
import { fields, header, headerList } from '../fields/fields.ts';
import { integer, text } from '../forms/forms.ts';

export interface PreflightInput {
  /** `https://www.example.com`; without it 400 BadRequest. */
  origin?: string | undefined;
  /** The method of the request to come; without it 400 BadRequest. */
  requestMethod?: string | undefined;
  /** Names of its headers, as sent: `x-oss-date, content-type`. */
  requestHeaders?: string | undefined;
}

export interface PreflightOutput {
  /** The origin, or `*`. */
  allowOrigin?: string | undefined;
  allowMethods?: readonly string[] | undefined;
  allowHeaders?: readonly string[] | undefined;
  /** Headers of answers that the page may read. */
  exposeHeaders?: readonly string[] | undefined;
  /** How long a browser may keep this answer. */
  maxAgeSeconds?: number | undefined;
  /** `Origin` where the answer depends on it. */
  vary?: string | undefined;
}

export const preflightRequest: Field<PreflightInput> = fields<PreflightInput>({
  origin: header('origin', text),
  requestMethod: header('access-control-request-method', text),
  requestHeaders: header('access-control-request-headers', text),
});

export const preflightResponse: Field<PreflightOutput> = fields<PreflightOutput>({
  allowOrigin: header('access-control-allow-origin', text),
  allowMethods: headerList('access-control-allow-methods'),
  allowHeaders: headerList('access-control-allow-headers'),
  exposeHeaders: headerList('access-control-expose-headers'),
  maxAgeSeconds: header('access-control-max-age', integer(0, Number.MAX_SAFE_INTEGER)),
  vary: header('vary', text),
});
