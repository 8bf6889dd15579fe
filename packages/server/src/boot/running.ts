// A server that runs: gives it another configuration, restarts its workers, stops it.
import type { Store } from '../core/store.ts';
import type { ConfiguredTexts } from './engines/configured-texts.ts';
import { disableDropped, putAccounts, type RootKey } from './keys/credentials.ts';
import type { ClosingStack } from './process/closing-stack.ts';
import type { Listening } from './process/listen.ts';
import type { Logger } from './process/log.ts';
import { Turns } from './process/turns.ts';
import type { Front } from './serving/front.ts';
import type { Configuration } from './settings/configuration.ts';
import { keepFixed } from './settings/reload.ts';

export interface Running extends Pick<Front, 'http' | 'https' | 'authority'> {
  readonly admin: Listening | undefined;
  readonly region: string;
  readonly rootKey: RootKey;
  readonly store: Store;
  /**
   * Serves by another configuration from the next request on, and names the settings that only a restart
   * changes. When it rejects, nothing has changed but accounts that were put before a failing disk.
   */
  reload(next: Configuration): Promise<readonly string[]>;
  /** Replaces each worker by a new one without losing a request; nothing where there are none. */
  restartWorkers(): Promise<void>;
  /** Drains and closes; safe to call twice. */
  stop(): Promise<void>;
}

export interface RunningParts {
  /** What it was started with. */
  readonly configuration: Configuration;
  readonly front: Front;
  readonly admin: Listening | undefined;
  readonly store: Store;
  readonly rootKey: RootKey;
  readonly domainTexts: ConfiguredTexts;
  readonly log: Logger;
  /** Everything that was opened, the front last. */
  readonly opened: ClosingStack;
}

export class RunningServer implements Running {
  readonly http: Listening | undefined;
  readonly https: Listening | undefined;
  readonly authority: Front['authority'];
  readonly admin: Listening | undefined;
  readonly region: string;
  readonly rootKey: RootKey;
  readonly store: Store;
  readonly #parts: RunningParts;
  readonly #reloads = new Turns();
  #configuration: Configuration;
  #stopping: Promise<void> | undefined;

  constructor(parts: RunningParts) {
    const { configuration, front, admin, rootKey, store } = parts;
    this.http = front.http;
    this.https = front.https;
    this.authority = front.authority;
    this.admin = admin;
    this.region = configuration.region;
    this.rootKey = rootKey;
    this.store = store;
    this.#parts = parts;
    this.#configuration = configuration;
  }

  /** One after the other: each compares with what the one before left. */
  reload(next: Configuration): Promise<readonly string[]> {
    return this.#reloads.take(async () => {
      if (this.#stopping !== undefined) throw new Error('The server stops.');
      return this.#reload(next);
    });
  }

  async restartWorkers(): Promise<void> {
    if (this.#stopping === undefined) await this.#parts.front.restartWorkers?.();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #reload(next: Configuration): Promise<readonly string[]> {
    const { front, store, rootKey, domainTexts, log } = this.#parts;
    const { configuration: wanted, ignored } = keepFixed(this.#configuration, next);
    const apply = await front.prepare(wanted);
    await putAccounts(store, wanted, rootKey.accessKeyId);
    await disableDropped(store, this.#configuration, wanted, rootKey.accessKeyId);
    await apply();
    domainTexts.use(wanted.cnameResolver);
    log.level = wanted.log;
    this.#configuration = wanted;
    return ignored;
  }

  async #stop(): Promise<void> {
    await this.#reloads.over();
    await this.#parts.opened.close();
  }
}
