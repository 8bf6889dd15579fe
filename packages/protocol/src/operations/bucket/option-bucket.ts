// OPTIONS /bucket (operations reference T1-09).
import type { Operation } from '../definition/operation.ts';
import {
  type PreflightInput,
  type PreflightOutput,
  preflightRequest,
  preflightResponse,
} from '../headers/preflight.ts';

/** May a page of this origin send that request to the bucket? No credentials are looked at. */
export const optionBucket: Operation<'OptionBucket', PreflightInput, PreflightOutput> = {
  name: 'OptionBucket',
  route: { method: 'OPTIONS', on: 'bucket' },
  success: 200,
  requestBody: 'none',
  request: preflightRequest,
  response: preflightResponse,
};
