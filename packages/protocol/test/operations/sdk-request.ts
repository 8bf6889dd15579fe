// What a recorded request is, and what the official SDKs put into every one of theirs.
import type { OperationName } from '../../src/operations/index.ts';
import type { InputOf } from './arbitrary-parts.ts';
import type { WireRequest } from './wire.ts';

export interface SdkRequest<Name extends OperationName> {
  readonly sdk: string;
  readonly call: string;
  readonly operation: Name;
  readonly wire: WireRequest;
  readonly input: InputOf<Name>;
}

export type AnySdkRequest = { [Name in OperationName]: SdkRequest<Name> }[OperationName];

export const oss2 = 'oss2 2.19.1 (Python)';
export const ossV2 = 'alibabacloud-oss-v2 1.4.1 (Python)';
export const aliOss = 'ali-oss 6.23.0 (Node)';
export const identity = { 'Accept-Encoding': 'identity' };
export const emptyMd5 = '1B2M2Y8AsgTpgAmY7PhCfg==';
export const ofEmptyBody = {
  ...identity,
  'Content-Type': 'application/octet-stream',
  'Content-MD5': emptyMd5,
};
/** Sent also with bodies that are not there. */
export const ofEmptyDocument = {
  ...identity,
  'Content-Type': 'application/xml',
  'Content-MD5': emptyMd5,
};
