// Puts the configured access keys into the store, and makes sure that the root account has one.
import type { Owner } from '../core/model.ts';
import type { Random } from '../core/ports/random.ts';
import type { Store } from '../core/store.ts';
import type { Configuration } from './configuration.ts';
import { type AccessKey, makeAccessKey } from './root-key.ts';

export const rootOwner: Owner = { id: '1000000000000001', displayName: 'root' };

export interface RootKey {
  readonly accessKeyId: string;
  /** Only when it was given or made by this start; a stored secret is not shown again. */
  readonly accessKeySecret: string | undefined;
  /** Made now: the one time it can be shown. */
  readonly isNew: boolean;
}

const keysMax = 1000;

export async function ensureCredentials(
  store: Store,
  configuration: Configuration,
  given: AccessKey | undefined,
  random: Random,
): Promise<RootKey> {
  for (const account of configuration.accounts) {
    const owner: Owner = { id: account.id, displayName: account.displayName ?? account.id };
    for (const key of account.keys) {
      await store.credentials.put({
        accessKeyId: key.id,
        secret: key.secret,
        enabled: key.enabled,
        owner,
        token: key.token,
        expiresMs: key.tokenExpires === undefined ? undefined : Date.parse(key.tokenExpires),
      });
    }
  }
  return ensureRoot(store, given, random);
}

async function ensureRoot(
  store: Store,
  given: AccessKey | undefined,
  random: Random,
): Promise<RootKey> {
  if (given === undefined) {
    const stored = await store.credentials.list(keysMax);
    const root = stored.find(({ owner, enabled }) => owner.id === rootOwner.id && enabled);
    if (root !== undefined) {
      return { accessKeyId: root.accessKeyId, accessKeySecret: undefined, isNew: false };
    }
  }
  const key = given ?? makeAccessKey(random);
  await store.credentials.put({
    accessKeyId: key.accessKeyId,
    secret: key.accessKeySecret,
    owner: rootOwner,
  });
  return { ...key, isNew: given === undefined };
}
