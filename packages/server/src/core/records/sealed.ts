// Secrets at rest: AES-256-GCM under the master key. What a secret belongs to is authenticated with
// it, so that a sealed secret cannot be moved to another row.
import { createCipheriv, createDecipheriv } from 'node:crypto';

/** 32 bytes. */
export type MasterKey = Buffer;

export class WrongMasterKeyError extends Error {
  override readonly name = 'WrongMasterKeyError';

  constructor() {
    super('The stored secrets cannot be decrypted: the master key is not the one they need.');
  }
}

export const sealNonceBytes = 12;
/** How much longer a sealed secret is. */
export const sealTagBytes = 16;

/** Cipher text, then the tag. A nonce is used once. */
export function seal(
  plain: Buffer,
  masterKey: MasterKey,
  nonce: Buffer,
  belongsTo: string,
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
  cipher.setAAD(Buffer.from(belongsTo));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws WrongMasterKeyError, also where the row was altered. */
export function unseal(
  sealed: Buffer,
  masterKey: MasterKey,
  nonce: Buffer,
  belongsTo: string,
): Buffer {
  const options = { authTagLength: sealTagBytes };
  const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, options);
  const end = sealed.length - sealTagBytes;
  decipher.setAAD(Buffer.from(belongsTo));
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
  } catch {
    throw new WrongMasterKeyError();
  }
}
