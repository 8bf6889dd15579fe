// Where access keys come from: a fixed pair, the environment, or a provider that is asked again before
// what it gave ends.
import type { Clock } from './clock.ts';
import { ClientError } from './errors.ts';

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
      throw new ClientError(`The environment variable ${name} is not set.`);
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

/** Credentials are fetched again when so little of their life is left. */
const refreshAheadMs = 5 * 60 * 1000;

export function expiryMs(credentials: Credentials): number | undefined {
  const { expiresAt } = credentials;
  return expiresAt instanceof Date ? expiresAt.getTime() : expiresAt;
}

/** Keeps what a provider gave; callers that come together share one question. */
export class CredentialsSource {
  readonly #given: Credentials | CredentialsProvider;
  readonly #clock: Clock;
  #kept: Credentials | undefined;
  #asking: Promise<Credentials> | undefined;

  constructor(given: Credentials | CredentialsProvider, clock: Clock) {
    this.#given = given;
    this.#clock = clock;
  }

  get(): Credentials | Promise<Credentials> {
    if (typeof this.#given !== 'function') return this.#given;
    const kept = this.#kept;
    if (kept !== undefined) {
      const end = expiryMs(kept);
      if (end === undefined || end - this.#clock.now() > refreshAheadMs) return kept;
    }
    this.#asking ??= this.#ask(this.#given);
    return this.#asking;
  }

  async #ask(provider: CredentialsProvider): Promise<Credentials> {
    try {
      this.#kept = await provider();
      return this.#kept;
    } finally {
      this.#asking = undefined;
    }
  }
}
