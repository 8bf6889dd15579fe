// Who sent a request, as far as a signature proves it.
import { anonymous, type Principal } from '../../core/access/principal.ts';
import type { Owner } from '../../core/records/model.ts';

export interface Caller {
  readonly principal: Principal;
  readonly owner: Owner | undefined;
  readonly accessKeyId: string | undefined;
  readonly signatureVersion: 'v1' | 'v2' | 'v4' | undefined;
}

export const nobody: Caller = {
  principal: anonymous,
  owner: undefined,
  accessKeyId: undefined,
  signatureVersion: undefined,
};
