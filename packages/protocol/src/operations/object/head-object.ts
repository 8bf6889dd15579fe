// HEAD /bucket/key (operations reference T0-17).

import type { Operation } from '../definition/operation.ts';
import { fields, query } from '../fields/fields.ts';
import { versionId } from '../forms/forms.ts';
import {
  type ConditionHeaders,
  conditionHeaders,
  type ObjectHeaders,
  objectHeaders,
} from '../headers/object-headers.ts';

export interface HeadObjectInput extends ConditionHeaders {
  /** The latest version when absent. */
  versionId?: string | undefined;
}

/** Reads an object's headers. */
export const headObject: Operation<'HeadObject', HeadObjectInput, ObjectHeaders> = {
  name: 'HeadObject',
  route: { method: 'HEAD', on: 'object' },
  success: 200,
  requestBody: 'none',
  request: fields<HeadObjectInput>({
    ...conditionHeaders,
    versionId: query('versionId', versionId),
  }),
  response: fields<ObjectHeaders>(objectHeaders),
};
