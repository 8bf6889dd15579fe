// Puts the configured access keys into the store, and makes sure that the root account has one.
import { NoSuchCredentialError } from '../../core/access/credentials.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Owner } from '../../core/records/model.ts';
import type { Store } from '../../core/store.ts';
import type { Configuration } from '../settings/configuration.ts';
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
  await putAccounts(store, configuration, given?.accessKeyId);
  return ensureRoot(store, given, random);
}

/** Puts the configured keys into the store; the root key is never theirs to change. */
export async function putAccounts(
  store: Store,
  { accounts }: Configuration,
  rootKeyId: string | undefined,
): Promise<void> {
  for (const account of accounts) {
    const owner: Owner = { id: account.id, displayName: account.displayName ?? account.id };
    for (const key of account.keys) {
      if (key.id === rootKeyId) continue;
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
}

/** Keys that the configuration no longer names are refused from now on. */
export async function disableDropped(
  store: Store,
  old: Configuration,
  next: Configuration,
  rootKeyId: string,
): Promise<void> {
  const kept = new Set(keyIds(next));
  for (const id of keyIds(old)) {
    if (kept.has(id) || id === rootKeyId) continue;
    try {
      await store.credentials.disable(id);
    } catch (error) {
      if (!(error instanceof NoSuchCredentialError)) throw error;
    }
  }
}

function keyIds({ accounts }: Configuration): string[] {
  return accounts.flatMap(({ keys }) => keys.map(({ id }) => id));
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
