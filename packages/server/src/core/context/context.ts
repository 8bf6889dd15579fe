// What every room of the core works with: the ports and the few parts that exist once a store.

import type { Blobs } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digests } from '../ports/digests.ts';
import type { DomainTexts } from '../ports/domain-texts.ts';
import type { Metadata } from '../ports/metadata.ts';
import type { Random } from '../ports/random.ts';
import type { MasterKey } from '../records/sealed.ts';
import type { ProcessLease } from './process-lease.ts';
import type { ReaderPins } from './reader-pins.ts';
import type { Transactor } from './transact.ts';

export interface StoreSettings {
  /** OSS's form without `oss-`, e.g. `cn-hangzhou`. */
  readonly region: string;
  readonly masterKey: MasterKey;
  /** Buckets an owner may have. */
  readonly bucketsPerOwnerMax: number;
  /** For buckets that do not say themselves (PutBucketPublicAccessBlock). */
  readonly blockPublicAccess: boolean;
  /** Of each kind of record that is kept parsed: those used last, at least so many and at most twice as many. */
  readonly knownRecordsMax: number;
  /** How long freed bytes stay after this process saw them freed. */
  readonly graceMs: number;
  /** A heartbeat seen unchanged for so long belongs to a dead process. */
  readonly leaseMs: number;
  /** Counters of a bucket are spread over so many rows; more than 1 only with many writers. */
  readonly counterShards: number;
}

export interface CoreContext {
  readonly metadata: Metadata;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly random: Random;
  readonly digests: Digests;
  readonly domainTexts: DomainTexts;
  readonly transactor: Transactor;
  readonly lease: ProcessLease;
  readonly pins: ReaderPins;
  readonly settings: StoreSettings;
}
