// Who sent a request, as far as a signature proves it.
import type { Verified } from '@osskeep/protocol';
import type { FoundCredential } from '../../core/access/credentials.ts';
import { anonymous, type Principal } from '../../core/access/principal.ts';
import type { Owner } from '../../core/records/model.ts';

export interface Caller {
  readonly principal: Principal;
  readonly owner: Owner | undefined;
  readonly accessKeyId: string | undefined;
  readonly signatureVersion: 'v1' | 'v2' | 'v4' | undefined;
}

/** A key as the store has it, its end by the verifier's name. */
export interface NamedCredential extends FoundCredential {
  readonly tokenExpiresMs?: number | undefined;
}

export type SignedBy = Verified<NamedCredential>;

export const nobody: Caller = {
  principal: anonymous,
  owner: undefined,
  accessKeyId: undefined,
  signatureVersion: undefined,
};
