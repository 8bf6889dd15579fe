// A store: everything the domain offers, above one metadata engine and one blob engine.

import { Access } from './access/access.ts';
import { Credentials } from './access/credentials.ts';
import { Accounts } from './accounts/accounts.ts';
import { ReaderPins } from './bodies/reader-pins.ts';
import { Buckets } from './buckets/buckets.ts';
import { Cnames } from './cnames/cnames.ts';
import { type Snapshot, takeSnapshot } from './context/configuration.ts';
import type { CoreContext, StoreSettings } from './context/context.ts';
import { ProcessLease } from './context/process-lease.ts';
import { Transactor } from './context/transact.ts';
import { Objects } from './objects/objects.ts';
import { checkEpoch } from './ports/blob-id.ts';
import type { Blobs } from './ports/blobs.ts';
import type { Clock } from './ports/clock.ts';
import { type Digests, noDigests } from './ports/digests.ts';
import { type DomainTexts, noDomainTexts } from './ports/domain-texts.ts';
import { type Eventually, whenThere } from './ports/eventually.ts';
import type { Metadata } from './ports/metadata.ts';
import type { Random } from './ports/random.ts';
import type { Judge } from './sweep/orphan-sweep.ts';
import { Sweeper } from './sweep/sweeper.ts';
import { ObjectCache } from './versions/object-cache.ts';

export interface StoreOptions
  extends Partial<Omit<StoreSettings, 'region' | 'masterKey'>>,
    Pick<StoreSettings, 'region' | 'masterKey'> {
  readonly metadata: Metadata;
  readonly blobs: Blobs;
  /** 6 bytes that no process used before; the blob engine names blobs by the same. */
  readonly epoch: Buffer;
  readonly clock: Clock;
  readonly random: Random;
  /** Counts MD5 of large bodies beside this thread; closed by whoever opened it. */
  readonly digests?: Digests;
  /** Proves the ownership of domains; without it none can be proved. */
  readonly domainTexts?: DomainTexts;
  /** No other process uses this store (boot holds its lock) but those that `isAlive` knows. */
  readonly exclusive?: boolean;
  /** Other processes of the server that has the store for itself. */
  readonly isAlive?: (epoch: Buffer) => boolean;
  /** Another process of the server sweeps; this one sees only to blobs that it left undecided itself. */
  readonly sweepsOwnOnly?: boolean;
  /** 0 = only when asked. */
  readonly sweepIntervalMs?: number;
  /** 0 = only when asked. */
  readonly heartbeatIntervalMs?: number;
  /** Hears what failed in the background. */
  readonly onBackgroundFailure?: (error: unknown) => void;
  /** Another process declared this one dead: it must end. */
  readonly onFenced?: () => void;
}

export interface Store {
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly credentials: Credentials;
  readonly access: Access;
  readonly accounts: Accounts;
  readonly cnames: Cnames;
  readonly sweeper: Sweeper;
  /** Taken once a request; caches are used only under the configuration it saw. */
  snapshot(): Eventually<Snapshot>;
  /** The same as a number: changes with every configuration commit. */
  epoch(): Promise<bigint | null>;
  /** Renews the heartbeat now. */
  renew(): Promise<void>;
  /** Ends the lease. Requests must be over; the engines are closed by whoever opened them. */
  close(): Promise<void>;
}

const masterKeyBytes = 32;
/** Ten thousand objects of 4 KiB, and as much again that was used before. */
const objectCacheBytesDefault = 128 * 1024 * 1024;
/** Commits this process's lease before it returns. */
export async function openStore(options: StoreOptions): Promise<Store> {
  checkEpoch(options.epoch);
  if (options.masterKey.length !== masterKeyBytes) throw new RangeError('32 bytes of master key');
  const { metadata, blobs, clock, random } = options;
  const lease = new ProcessLease(metadata, clock, options.epoch);
  await lease.begin();
  const fenced = (): void => {
    lease.markLost();
    options.onFenced?.();
  };
  const settings = settingsOf(options);
  const core: CoreContext = {
    metadata,
    blobs,
    clock,
    random,
    digests: options.digests ?? noDigests,
    domainTexts: options.domainTexts ?? noDomainTexts,
    lease,
    pins: new ReaderPins(),
    objectCache: new ObjectCache(settings.objectCacheBytes),
    transactor: new Transactor(metadata, random, lease.fence, fenced),
    settings,
  };
  return new OpenStore(core, options, fenced);
}

class OpenStore implements Store {
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly credentials: Credentials;
  readonly access: Access;
  readonly accounts: Accounts;
  readonly cnames: Cnames;
  readonly sweeper: Sweeper;
  readonly #core: CoreContext;
  readonly #fenced: () => void;
  readonly #heartbeat: NodeJS.Timeout | undefined;
  #last: Snapshot | undefined;

  constructor(core: CoreContext, options: StoreOptions, fenced: () => void) {
    const failed = options.onBackgroundFailure ?? (() => undefined);
    this.#core = core;
    this.#fenced = fenced;
    this.buckets = new Buckets(core);
    this.objects = new Objects(core);
    this.credentials = new Credentials(core);
    this.access = new Access(core);
    this.accounts = new Accounts(core);
    this.cnames = new Cnames(core);
    this.sweeper = new Sweeper(core, {
      judge: judgeOf(options),
      ownOnly: options.sweepsOwnOnly ?? false,
      onFailure: failed,
    });
    const { sweepIntervalMs = 10_000, heartbeatIntervalMs = 10_000 } = options;
    if (sweepIntervalMs > 0) this.sweeper.start(sweepIntervalMs);
    if (heartbeatIntervalMs > 0) {
      const isWatched = options.exclusive !== true;
      this.#heartbeat = setInterval(() => {
        if (isWatched || core.lease.hasMoved) void this.renew().catch(failed);
      }, heartbeatIntervalMs);
      this.#heartbeat.unref();
    }
  }

  snapshot(): Eventually<Snapshot> {
    return whenThere(takeSnapshot(this.#core.metadata, this.#last), (taken) => {
      this.#last = taken;
      return taken;
    });
  }

  async epoch(): Promise<bigint | null> {
    return (await this.snapshot()).epoch;
  }

  async renew(): Promise<void> {
    const { lease } = this.#core;
    if (lease.isLost) return;
    await lease.renew();
    if (lease.isLost) this.#fenced();
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.sweeper.stop();
    await this.#core.lease.end();
  }
}

function judgeOf({ exclusive = false, isAlive }: StoreOptions): Judge {
  return (epoch) => {
    if (!exclusive) return 'unknown';
    return isAlive?.(epoch) === true ? 'alive' : 'dead';
  };
}

function settingsOf(options: StoreOptions): StoreSettings {
  return {
    region: options.region,
    masterKey: options.masterKey,
    bucketsPerOwnerMax: options.bucketsPerOwnerMax ?? 100,
    blockPublicAccess: options.blockPublicAccess ?? true,
    graceMs: options.graceMs ?? 60_000,
    leaseMs: options.leaseMs ?? 60_000,
    counterShards: options.counterShards ?? 1,
    objectCacheBytes: options.objectCacheBytes ?? objectCacheBytesDefault,
  };
}
