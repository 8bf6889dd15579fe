// A commit about the versions of one key, put together step by step: rows set and deleted, bodies
// freed, counters moved, everything checked that it relies on.
import type { Bucket } from '../buckets/bucket.ts';
import { CounterChange } from '../buckets/counters.ts';
import type { CoreContext } from '../context/context.ts';
import { garbageKey, garbageRandomBytes, inlineBodyKey } from '../keys/body-keys.ts';
import { markerRowKey, objectRowKey, versionRowKey } from '../keys/version-keys.ts';
import type { Commit } from '../ports/metadata.ts';
import { encodeGarbage } from '../records/garbage.ts';
import { decodeVersionBody, type VersionHead } from '../records/version-row.ts';
import type { KeyState } from './key-state.ts';
import type { Version } from './version.ts';

type Writes = NonNullable<Commit['set']>[number];

export class VersionChange {
  readonly #core: CoreContext;
  readonly #bucket: Bucket;
  readonly #key: Buffer;
  readonly #check: NonNullable<Commit['check']>[number][];
  readonly #set: Writes[] = [];
  readonly #del: Buffer[] = [];
  readonly #counters = new CounterChange();

  constructor(core: CoreContext, bucket: Bucket, key: Buffer, state: KeyState) {
    this.#core = core;
    this.#bucket = bucket;
    this.#key = key;
    this.#check = [...state.checks];
  }

  check(version: Version): void {
    this.#check.push({ key: version.row.key, stamp: version.row.stamp });
  }

  set(write: Writes): void {
    this.#set.push(write);
  }

  del(key: Buffer): void {
    this.#del.push(key);
  }

  /** Makes this value the head, in the keyspace of its kind. */
  setLatest(head: VersionHead, value: Buffer): void {
    this.#set.push({ key: this.headKey(head), value });
  }

  headKey(head: VersionHead): Buffer {
    const isMarker = head.kind === 'DeleteMarker';
    return (isMarker ? markerRowKey : objectRowKey)(this.#bucket.id, this.#key);
  }

  /** Moves a head among the older versions; whoever calls replaces or deletes the head's row. */
  archive({ head, row }: Version): void {
    const key = versionRowKey(this.#bucket.id, this.#key, head.seq);
    this.#set.push({ key, value: row.value });
  }

  created(head: VersionHead): void {
    this.#counters.version(head, 1);
  }

  /**
   * A version is gone for good. A single inline body has no other holder and goes in this very
   * commit; a blob may still be read, so it is queued for the sweep.
   */
  removed({ head, row }: Version): void {
    this.#counters.version(head, -1);
    const body = decodeVersionBody(row.value);
    if (body.kind === 'none') return;
    if (body.kind === 'single' && body.extent.storage === 'inline') {
      this.#del.push(inlineBodyKey(body.extent.id));
      return;
    }
    const { clock, random } = this.#core;
    this.#set.push({
      key: garbageKey(clock.now(), random.bytes(garbageRandomBytes)),
      value: encodeGarbage({ kind: 'body', isDead: false, body }),
    });
  }

  commit(): Commit {
    return {
      check: this.#check,
      set: this.#set,
      del: this.#del,
      add: this.#counters.commit(this.#core, this.#bucket.id),
    };
  }
}
