// A credential (K). What must stay secret (the key's secret and its token) is encrypted with the
// master key; the access key id is authenticated with it, so a row cannot be moved to another id.
import { readU64, writeU64 } from '../keys/bytes.ts';
import { checkFormat } from './format.ts';
import type { Owner } from './model.ts';
import { type MasterKey, seal, sealNonceBytes, sealTagBytes, unseal } from './sealed.ts';
import { packTail, unpackTail } from './tail.ts';

export interface Credential {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly owner: Owner;
  /** Present in temporary credentials: requests must carry it. */
  readonly token?: string | undefined;
  /** Wall time, ms since the epoch; absent = does not expire. */
  readonly expiresMs?: number | undefined;
  readonly createdMs: number;
}

const format = 1;
const at = { flags: 1, created: 2, expires: 10, sealedLength: 18, nonce: 20 } as const;
const sealedAt = at.nonce + sealNonceBytes;
const flagEnabled = 1;

export function encodeCredential(
  credential: Credential,
  masterKey: MasterKey,
  nonce: Buffer,
): Buffer {
  const secrets: [string, unknown][] = [['s', credential.secret]];
  if (credential.token !== undefined) secrets.push(['t', credential.token]);
  const plain = packTail(new Map(secrets));
  const sealed = seal(plain, masterKey, nonce, credential.accessKeyId);
  const fixed = Buffer.alloc(sealedAt);
  fixed[0] = format;
  fixed[at.flags] = credential.enabled ? flagEnabled : 0;
  writeU64(fixed, credential.createdMs, at.created);
  writeU64(fixed, credential.expiresMs ?? 0, at.expires);
  fixed.writeUInt16BE(sealed.length, at.sealedLength);
  fixed.set(nonce, at.nonce);
  const { id, displayName } = credential.owner;
  return Buffer.concat([fixed, sealed, packTail(new Map([['o', [id, displayName]]]))]);
}

export function decodeCredential(
  accessKeyId: string,
  value: Buffer,
  masterKey: MasterKey,
): Credential {
  checkFormat('credential', value, format, sealedAt + sealTagBytes);
  const sealedEnd = sealedAt + value.readUInt16BE(at.sealedLength);
  const nonce = value.subarray(at.nonce, sealedAt);
  const sealed = value.subarray(sealedAt, sealedEnd);
  const secrets = unpackTail(unseal(sealed, masterKey, nonce, accessKeyId));
  const expiresMs = readU64(value, at.expires);
  const token = secrets.get('t');
  const [id, displayName] = unpackTail(value.subarray(sealedEnd)).get('o') as [string, string];
  return {
    accessKeyId,
    secret: String(secrets.get('s')),
    enabled: (value.readUInt8(at.flags) & flagEnabled) !== 0,
    owner: { id, displayName },
    createdMs: readU64(value, at.created),
    ...(token === undefined ? {} : { token: String(token) }),
    ...(expiresMs === 0 ? {} : { expiresMs }),
  };
}
