// Access keys and temporary credentials. What is known of a key is validated with every request, so one
// that was disabled is refused on the very next.
import type { CoreContext } from '../context/context.ts';
import { KnownRecords } from '../context/known-records.ts';
import type { KnownRow, RequestView } from '../context/request-view.ts';
import { credentialKey, credentialRange } from '../keys/configuration-keys.ts';
import type { Eventually } from '../ports/eventually.ts';
import type { Row } from '../ports/metadata.ts';
import { keyAfter, readRange, readRow } from '../ports/read-rows.ts';
import { type Credential, decodeCredential, encodeCredential } from '../records/credential.ts';
import type { Owner } from '../records/model.ts';
import { sealNonceBytes } from '../records/sealed.ts';
import type { Principal } from './principal.ts';

export interface NewCredential {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly owner: Owner;
  /** True when absent. */
  readonly enabled?: boolean | undefined;
  /** Makes it a temporary credential: requests must carry this token. */
  readonly token?: string | undefined;
  /** Wall time, ms since the epoch. */
  readonly expiresMs?: number | undefined;
}

export interface FoundCredential extends Credential {
  readonly principal: Principal;
}

export class CredentialExistsError extends Error {
  override readonly name = 'CredentialExistsError';
}

export class NoSuchCredentialError extends Error {
  override readonly name = 'NoSuchCredentialError';
}

const textBytesMax = { accessKeyId: 128, secret: 1024, token: 16 * 1024 } as const;

export class Credentials {
  readonly #core: CoreContext;
  readonly #known: KnownRecords<FoundCredential>;

  constructor(core: CoreContext) {
    this.#core = core;
    this.#known = new KnownRecords(core, {
      key: credentialKey,
      parse: (id, row) => withPrincipal(this.#decode(id, row)),
    });
  }

  /** What is known of a key, for a view to ask for. */
  known(accessKeyId: string): KnownRow | undefined {
    return this.#known.known(accessKeyId);
  }

  /** Disabled and expired ones too: the refusal depends on which it is. */
  find(at: RequestView, accessKeyId: string): Eventually<FoundCredential | undefined> {
    if (!isAccessKeyId(accessKeyId)) return undefined;
    return this.#known.find(at, accessKeyId);
  }

  /** Throws CredentialExistsError when the id is taken. */
  async add(credential: NewCredential): Promise<void> {
    await this.#change(credential.accessKeyId, (row) => {
      if (row !== null) throw new CredentialExistsError(`${credential.accessKeyId} exists already`);
      return this.#made(credential);
    });
  }

  /** Adds it, or makes an existing one the same; without a commit when it is already. */
  async put(credential: NewCredential): Promise<void> {
    await this.#change(credential.accessKeyId, (row) => {
      const made = this.#made(credential);
      const old = row === null ? undefined : this.#decode(credential.accessKeyId, row);
      if (old === undefined) return made;
      const merged = { ...made, createdMs: old.createdMs };
      return isSame(old, merged) ? undefined : merged;
    });
  }

  enable(accessKeyId: string): Promise<void> {
    return this.#setEnabled(accessKeyId, true);
  }

  disable(accessKeyId: string): Promise<void> {
    return this.#setEnabled(accessKeyId, false);
  }

  /** Removing what is not there does nothing. */
  async remove(accessKeyId: string): Promise<void> {
    const key = credentialKey(accessKeyId);
    await this.#core.transactor.run(`credential ${accessKeyId}`, async () => {
      const row = await readRow(this.#core.metadata, key);
      if (row == null) return { answer: undefined };
      const check = [{ key, stamp: row.stamp }];
      return { commit: { check, del: [key] }, answer: () => undefined };
    });
  }

  /** In the order of their ids, after the given one; at most 1,000. */
  async list(limit: number, after?: string): Promise<Credential[]> {
    const from = after === undefined ? credentialRange.from : keyAfter(credentialKey(after));
    const range = { from, to: credentialRange.to, limit };
    const rows = await readRange(this.#core.metadata, range);
    return rows.map((row) => this.#decode(row.key.toString('utf8', 1), row));
  }

  async #setEnabled(accessKeyId: string, enabled: boolean): Promise<void> {
    await this.#change(accessKeyId, (row) => {
      if (row === null) throw new NoSuchCredentialError(`${accessKeyId} does not exist`);
      const old = this.#decode(accessKeyId, row);
      return old.enabled === enabled ? undefined : { ...old, enabled };
    });
  }

  async #change(
    accessKeyId: string,
    change: (row: Row | null) => Credential | undefined,
  ): Promise<void> {
    const { metadata, random, settings, transactor } = this.#core;
    const key = credentialKey(accessKeyId);
    await transactor.run(`credential ${accessKeyId}`, async () => {
      const row = await readRow(metadata, key);
      const changed = change(row);
      if (changed === undefined) return { answer: undefined };
      const value = encodeCredential(changed, settings.masterKey, random.bytes(sealNonceBytes));
      return {
        commit: {
          check: [{ key, stamp: row?.stamp ?? null }],
          set: [{ key, value }],
        },
        answer: () => undefined,
      };
    });
  }

  #decode(accessKeyId: string, row: Row): Credential {
    return decodeCredential(accessKeyId, row.value, this.#core.settings.masterKey);
  }

  #made({ enabled = true, ...credential }: NewCredential): Credential {
    if (!isAccessKeyId(credential.accessKeyId)) {
      throw new RangeError('An access key id has 1 to 128 characters from ! to ~.');
    }
    for (const field of ['secret', 'token'] as const) {
      const bytes = Buffer.byteLength(credential[field] ?? '-');
      if (bytes === 0 || bytes > textBytesMax[field]) {
        throw new RangeError(`The ${field} of a key has 1 to ${textBytesMax[field]} bytes.`);
      }
    }
    return { ...credential, enabled, createdMs: this.#core.clock.now() };
  }
}

function isAccessKeyId(text: string): boolean {
  return text.length <= textBytesMax.accessKeyId && /^[!-~]+$/.test(text);
}

function withPrincipal(credential: Credential): FoundCredential {
  const { accessKeyId, owner } = credential;
  return { ...credential, principal: { kind: 'account', ownerId: owner.id, accessKeyId } };
}

function isSame(a: Credential, b: Credential): boolean {
  return (
    a.secret === b.secret &&
    a.enabled === b.enabled &&
    a.token === b.token &&
    a.expiresMs === b.expiresMs &&
    a.owner.id === b.owner.id &&
    a.owner.displayName === b.owner.displayName
  );
}
