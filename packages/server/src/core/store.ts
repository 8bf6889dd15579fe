// A store: everything the domain offers, above one metadata engine and one blob engine.

import { Access } from './access/access.ts';
import { AclAnswerer } from './access/acl-answerer.ts';
import { Credentials } from './access/credentials.ts';
import { Accounts } from './accounts/accounts.ts';
import { BucketDocuments } from './buckets/bucket-documents.ts';
import { Buckets } from './buckets/buckets.ts';
import { Cnames } from './cnames/cnames.ts';
import type { CoreContext, StoreSettings } from './context/context.ts';
import { ProcessLease } from './context/process-lease.ts';
import { ReaderPins } from './context/reader-pins.ts';
import { type KnownRow, type RequestView, readView } from './context/request-view.ts';
import { Transactor } from './context/transact.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { RenewLease } from './jobs/renew-lease.ts';
import type { Judge } from './jobs/sweep/dead-processes-sweep.ts';
import { Sweeper } from './jobs/sweep/sweeper.ts';
import { Objects } from './objects/objects.ts';
import { checkEpoch } from './ports/blob-id.ts';
import type { Blobs } from './ports/blobs.ts';
import type { Clock } from './ports/clock.ts';
import { type Digests, noDigests } from './ports/digests.ts';
import { type DomainTexts, noDomainTexts } from './ports/domain-texts.ts';
import type { Eventually } from './ports/eventually.ts';
import type { Metadata } from './ports/metadata.ts';
import type { Random } from './ports/random.ts';
import { LatestObjects } from './versions/latest-object.ts';

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
  /** False: another process of the server runs the jobs of this node, and this one only its own. */
  readonly runsNodeJobs?: boolean;
  /** Memory for objects that were read lately, bytes; 0 = none. */
  readonly objectCacheBytes?: number;
  /** 0 = only when asked. */
  readonly sweepIntervalMs?: number;
  /** 0 = only when asked. */
  readonly heartbeatIntervalMs?: number;
  /** Hears what failed in the background, and in which job. */
  readonly onBackgroundFailure?: (error: unknown, job: string) => void;
  /** Another process declared this one dead: it must end. */
  readonly onFenced?: () => void;
}

/** What the head of a request names. A wrong hint costs a trip, and nothing else. */
export interface Hints {
  /** That may be bound through the API; lower case. */
  readonly domain?: string | undefined;
  readonly bucket?: string | undefined;
  /** Of an object in the bucket. */
  readonly key?: string | undefined;
  readonly accessKeyId?: string | undefined;
}

export interface Store {
  readonly buckets: Buckets;
  readonly documents: BucketDocuments;
  readonly objects: Objects;
  readonly credentials: Credentials;
  readonly access: Access;
  readonly accounts: Accounts;
  readonly cnames: Cnames;
  readonly sweeper: Sweeper;
  /**
   * Taken once a request, when it begins: asks in one trip for all that is known of what its head names.
   * What was not named, is not known or has changed is read when it is looked for.
   */
  view(hints?: Hints): Eventually<RequestView>;
  /** Asks the metadata engine for a row; rejects when it cannot answer. */
  probe(): Promise<void>;
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
  const core: CoreContext = {
    metadata,
    blobs,
    clock,
    random,
    digests: options.digests ?? noDigests,
    domainTexts: options.domainTexts ?? noDomainTexts,
    lease,
    pins: new ReaderPins(),
    transactor: new Transactor(metadata, random, lease.fence, fenced),
    settings: settingsOf(options),
  };
  return new OpenStore(core, options, fenced);
}

class OpenStore implements Store {
  readonly buckets: Buckets;
  readonly documents: BucketDocuments;
  readonly objects: Objects;
  readonly credentials: Credentials;
  readonly access: Access;
  readonly accounts: Accounts;
  readonly cnames: Cnames;
  readonly sweeper: Sweeper;
  readonly #core: CoreContext;
  readonly #jobs: JobRunner;
  readonly #heartbeat: RenewLease;
  readonly #latest: LatestObjects;

  constructor(core: CoreContext, options: StoreOptions, fenced: () => void) {
    this.#core = core;
    const { objectCacheBytes = objectCacheBytesDefault } = options;
    const latest = new LatestObjects(core, objectCacheBytes);
    this.#latest = latest;
    this.buckets = new Buckets(core);
    this.objects = new Objects(core, latest);
    this.credentials = new Credentials(core);
    this.access = new Access([new AclAnswerer(core, latest)]);
    this.accounts = new Accounts(core);
    this.documents = new BucketDocuments(core);
    this.cnames = new Cnames(core, this.documents);
    const { sweepIntervalMs = 10_000, heartbeatIntervalMs = 10_000 } = options;
    this.#jobs = new JobRunner(core, {
      runsNodeJobs: options.runsNodeJobs ?? true,
      onFailure: options.onBackgroundFailure ?? (() => undefined),
    });
    this.sweeper = new Sweeper(core, this.#jobs, {
      judge: judgeOf(options),
      intervalMs: sweepIntervalMs,
    });
    this.#heartbeat = new RenewLease(core.lease, {
      intervalMs: heartbeatIntervalMs,
      isWatched: options.exclusive !== true,
      onLost: fenced,
    });
    this.#jobs.add(this.#heartbeat);
  }

  view({ domain, bucket, key, accessKeyId }: Hints = {}): Eventually<RequestView> {
    const rows: KnownRow[] = [];
    const ask = (row: KnownRow | undefined): void => {
      if (row !== undefined) rows.push(row);
    };
    if (domain !== undefined) ask(this.cnames.known(domain));
    if (accessKeyId !== undefined) ask(this.credentials.known(accessKeyId));
    const known = bucket === undefined ? undefined : this.buckets.known(bucket);
    if (known !== undefined) rows.push(...known.rows);
    if (known?.bucket !== undefined && key !== undefined)
      ask(this.#latest.known(known.bucket, key));
    return readView(this.#core.metadata, rows);
  }

  async probe(): Promise<void> {
    const { metadata, lease } = this.#core;
    await metadata.read({ keys: [{ key: lease.fence }] });
  }

  renew(): Promise<void> {
    return this.#heartbeat.renew();
  }

  async close(): Promise<void> {
    await this.#jobs.stop();
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
    knownRecordsMax: options.knownRecordsMax ?? 10_000,
    graceMs: options.graceMs ?? 60_000,
    leaseMs: options.leaseMs ?? 60_000,
    counterShards: options.counterShards ?? 1,
  };
}
