// OPTIONS /bucket/key (operations reference T1-09).
import type { Operation } from '../definition/operation.ts';
import {
  type PreflightInput,
  type PreflightOutput,
  preflightRequest,
  preflightResponse,
} from '../headers/preflight.ts';

/** May a page of this origin send that request to the object? No credentials are looked at. */
export const optionObject: Operation<'OptionObject', PreflightInput, PreflightOutput> = {
  name: 'OptionObject',
  route: { method: 'OPTIONS', on: 'object' },
  success: 200,
  requestBody: 'none',
  request: preflightRequest,
  response: preflightResponse,
};
