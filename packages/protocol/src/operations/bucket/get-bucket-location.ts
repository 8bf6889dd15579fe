// GET /bucket?location (operations reference T0-06).
import { textElement } from '../../xml/writer.ts';
import type { Operation } from '../definition/operation.ts';
import { nothing } from '../fields/fields.ts';
import { document, type Shape } from '../shapes/shape.ts';

export interface GetBucketLocationOutput {
  /** `oss-cn-hangzhou`. */
  location: string;
}

/** The root itself holds the text. */
const constraint: Shape<GetBucketLocationOutput> = {
  write: (name, { location }) => textElement(name, location),
  read: ({ text }) => ({ location: text.trim() }),
};

/** The region of a bucket, in the form of `Location` elements. */
export const getBucketLocation: Operation<
  'GetBucketLocation',
  Record<never, never>,
  GetBucketLocationOutput
> = {
  name: 'GetBucketLocation',
  route: { method: 'GET', on: 'bucket', query: { location: true } },
  success: 200,
  requestBody: 'none',
  request: nothing,
  response: document<GetBucketLocationOutput>('LocationConstraint', constraint),
};
