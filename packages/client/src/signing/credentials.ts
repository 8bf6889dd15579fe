// Where access keys come from: a fixed pair, the environment, or a provider that is asked again before
// what it gave ends.

import { ClientError } from '../errors/errors.ts';
import type { Clock } from '../time/clock.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Present in temporary credentials. */
  readonly securityToken?: string | undefined;
  /** End of temporary credentials; ms since the epoch, or a Date. */
  readonly expiresAt?: number | Date | undefined;
}

/** Asked when the client needs credentials and has none that live long enough. */
export type CredentialsProvider = () => Promise<Credentials>;

interface MaybeProcess {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** `OSS_ACCESS_KEY_ID`, `OSS_ACCESS_KEY_SECRET` and, where set, `OSS_SESSION_TOKEN`. */
export function environmentCredentials(
  environment: Readonly<Record<string, string | undefined>> = (globalThis as MaybeProcess).process
    ?.env ?? {},
): Credentials {
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') {
      throw new ClientError('credentials', `The environment variable ${name} is not set.`);
    }
    return value;
  };
  const token = environment['OSS_SESSION_TOKEN'];
  return {
    accessKeyId: read('OSS_ACCESS_KEY_ID'),
    accessKeySecret: read('OSS_ACCESS_KEY_SECRET'),
    ...(token === undefined || token === '' ? {} : { securityToken: token }),
  };
}

export function expiryMs(credentials: Credentials): number | undefined {
  const { expiresAt } = credentials;
  return expiresAt instanceof Date ? expiresAt.getTime() : expiresAt;
}

/** Throws ClientError that repeats nothing of what was given: it may be a secret in a wrong place. */
function checkCredentials(credentials: Credentials): Credentials {
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const visible = /^[\x21-\x7e]+$/;
  const wrong = (what: string): ClientError =>
    new ClientError(
      'credentials',
      `The ${what} must be text of visible ASCII characters, without spaces or line ends.`,
    );
  // A header that fetch refuses would stand, whole, in the message of its error.
  if (typeof accessKeyId !== 'string' || !visible.test(accessKeyId)) throw wrong('accessKeyId');
  if (typeof accessKeySecret !== 'string' || accessKeySecret === '') {
    throw new ClientError('credentials', 'The accessKeySecret is missing.');
  }
  if (securityToken !== undefined && !visible.test(securityToken)) throw wrong('securityToken');
  const end = expiryMs(credentials);
  if (end !== undefined && !Number.isFinite(end)) {
    throw new ClientError('credentials', 'expiresAt must be a Date or ms since the epoch.');
  }
  return credentials;
}

/** Credentials are asked for again when so much of their life is left, or a fifth of it if less. */
const refreshAheadMs = 5 * 60 * 1000;
/** After a failed refresh, while what is kept still lives. */
const refreshAgainMs = 10 * 1000;

/** Keeps what a provider gave; callers that come together share one question. */
export class CredentialsSource {
  readonly #provider: CredentialsProvider | undefined;
  readonly #clock: Clock;
  #kept: Credentials | undefined;
  #keptUntilMs = 0;
  #refreshAtMs = 0;
  #asking: Promise<Credentials> | undefined;

  constructor(given: Credentials | CredentialsProvider, clock: Clock) {
    this.#clock = clock;
    if (typeof given === 'function') {
      this.#provider = given;
      return;
    }
    // A copy: what the caller changes later must not reach a request half made.
    this.#kept = checkCredentials({ ...given });
    this.#keptUntilMs = Number.POSITIVE_INFINITY;
    this.#refreshAtMs = Number.POSITIVE_INFINITY;
  }

  get(): Credentials | Promise<Credentials> {
    // What never ends is not asked for the time.
    if (this.#kept !== undefined && this.#refreshAtMs === Number.POSITIVE_INFINITY)
      return this.#kept;
    const nowMs = this.#clock.now();
    if (this.#kept !== undefined && nowMs < this.#refreshAtMs) return this.#kept;
    this.#asking ??= this.#ask(this.#provider as CredentialsProvider);
    if (this.#kept === undefined || nowMs >= this.#keptUntilMs) return this.#asking;
    // What is kept still lives: nobody waits for the new ones, and their failure is no one's yet.
    this.#asking.catch(() => undefined);
    return this.#kept;
  }

  async #ask(provider: CredentialsProvider): Promise<Credentials> {
    try {
      const given = checkCredentials({ ...(await provider()) });
      const nowMs = this.#clock.now();
      const endMs = expiryMs(given) ?? Number.POSITIVE_INFINITY;
      if (endMs <= nowMs) {
        throw new ClientError('credentials', 'The provider gave credentials that have ended.');
      }
      this.#kept = given;
      this.#keptUntilMs = endMs;
      this.#refreshAtMs = endMs - Math.min(refreshAheadMs, (endMs - nowMs) / 5);
      if (endMs === Number.POSITIVE_INFINITY) this.#refreshAtMs = endMs;
      return given;
    } catch (error) {
      this.#refreshAtMs = this.#clock.now() + refreshAgainMs;
      throw error;
    } finally {
      this.#asking = undefined;
    }
  }
}
