// Does the security token belong to the key, and is it alive? (signing reference §6)
import { equalConstantTime } from '../../checksum/bytes-text.ts';
import { ossError } from '../../errors/refuse.ts';

/** What a verifier knows of an access key. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly enabled: boolean;
  /** Present: a temporary credential, which only counts together with this token. */
  readonly token?: string | undefined;
  /** ms since the epoch; the token is refused from then on. */
  readonly tokenExpiresMs?: number | undefined;
}

/** What the token check needs of a presented signature, a form's too. */
export interface PresentedToken {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
}

export function checkToken(presented: PresentedToken, credential: Credential, nowMs: number): void {
  const given = presented.securityToken;
  if (credential.token === undefined && given === undefined) return;
  const details = { OSSAccessKeyId: presented.accessKeyId };
  if (credential.token === undefined) throw ossError('TokenWithOrdinaryKey', details);
  if (given === undefined || given === '') throw ossError('StsKeyWithoutToken', details);
  if (!equalConstantTime(given, credential.token)) throw ossError('InvalidSecurityToken', details);
  if (credential.tokenExpiresMs !== undefined && nowMs >= credential.tokenExpiresMs) {
    throw ossError('SecurityTokenExpired', details);
  }
}
