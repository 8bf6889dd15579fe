// What the client knows of buckets with versions while servers are killed: for each key the list of
// versions that must be there, and the one write whose answer never came. A key has one writer, so
// nothing else can have happened to it.
import { hash } from 'node:crypto';
import type { VersionEntry } from '@osskeep/protocol';
import { type BodyPlan, bodyOf } from '../support/bodies.ts';

export type State = 'enabled' | 'suspended';

/** An object with its body, or a delete marker. */
export interface KnownVersion {
  /** Absent: only the server knows, its answer was lost. */
  readonly id?: string | undefined;
  readonly body?: WrittenBody | undefined;
}

export interface WrittenBody extends BodyPlan {
  readonly etag: string;
}

export type Attempt =
  | { readonly kind: 'put'; readonly body: WrittenBody }
  | { readonly kind: 'delete' }
  | { readonly kind: 'delete version'; readonly id: string };

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

export function etagOf(bytes: Buffer): string {
  return hash('md5', bytes).toUpperCase();
}

export function planBody(plan: BodyPlan): WrittenBody {
  return { ...plan, etag: etagOf(bodyOf(plan)) };
}

class History {
  /** Newest first. */
  versions: readonly KnownVersion[] = [];
  pending: Attempt | undefined;
}

export class VersionOracle {
  readonly states = new Map<string, State>();
  readonly #histories = new Map<string, History>();
  readonly #ids = new Set<string>();
  acknowledged = 0;
  overwrites = 0;
  inFlight = 0;

  versions(place: Place): readonly KnownVersion[] {
    return this.#of(place).versions;
  }

  begin(place: Place, attempt: Attempt): void {
    const history = this.#of(place);
    if (history.pending !== undefined) throw new Error(`two writes at once of ${place.key}`);
    history.pending = attempt;
    this.inFlight += 1;
  }

  /** Returns what is wrong with the answer. */
  acknowledge(place: Place, id: string | undefined, saysMarker: boolean): string | undefined {
    const history = this.#of(place);
    const attempt = history.pending;
    if (attempt === undefined) throw new Error(`${place.key} was never begun`);
    const before = history.versions;
    history.versions = this.#after(place, before, attempt).map((version) =>
      version.id === undefined ? { ...version, id } : version,
    );
    history.pending = undefined;
    this.inFlight -= 1;
    this.acknowledged += 1;
    if (attempt.kind === 'put' && before[0]?.body !== undefined) this.overwrites += 1;
    return this.#wrongAnswer(place, before, attempt, id, saysMarker);
  }

  /** No answer came and none will. */
  lost(): void {
    this.inFlight -= 1;
  }

  /** Places whose last write is unknown. */
  isUnknown(place: Place): boolean {
    return this.#of(place).pending !== undefined;
  }

  /** Compares with all that a listing shows of the key, and takes what it shows as what is known. */
  settle(place: Place, listed: readonly VersionEntry[]): string | undefined {
    const history = this.#of(place);
    const possible = [history.versions];
    if (history.pending !== undefined) {
      possible.push(this.#after(place, history.versions, history.pending));
    }
    const match = possible.find((versions) => this.#fits(versions, listed));
    history.pending = undefined;
    if (match === undefined) {
      history.versions = listed.map(({ versionId }) => ({ id: versionId }));
      return `${listed.map(shown).join(', ') || 'nothing'} is none of ${possible
        .map((versions) => `[${versions.map(known).join(', ')}]`)
        .join(' or ')}`;
    }
    history.versions = match.map((version, at) => ({ ...version, id: listed[at]?.versionId }));
    for (const { versionId } of listed) this.#ids.add(versionId);
    return undefined;
  }

  #of({ bucket, key }: Place): History {
    const name = `${bucket}/${key}`;
    const found = this.#histories.get(name) ?? new History();
    this.#histories.set(name, found);
    return found;
  }

  /** The versions once the attempt has taken effect. */
  #after(
    { bucket }: Place,
    before: readonly KnownVersion[],
    attempt: Attempt,
  ): readonly KnownVersion[] {
    if (attempt.kind === 'delete version') return before.filter(({ id }) => id !== attempt.id);
    const body = attempt.kind === 'put' ? attempt.body : undefined;
    if (this.states.get(bucket) === 'enabled') return [{ body }, ...before];
    return [{ id: 'null', body }, ...before.filter(({ id }) => id !== 'null')];
  }

  #wrongAnswer(
    { bucket, key }: Place,
    before: readonly KnownVersion[],
    attempt: Attempt,
    id: string | undefined,
    saysMarker: boolean,
  ): string | undefined {
    if (attempt.kind === 'delete version') {
      const removed = before.find((version) => version.id === attempt.id);
      const isMarker = removed !== undefined && removed.body === undefined;
      if (id === attempt.id && saysMarker === isMarker) return undefined;
      return `${key}: deleting ${attempt.id} answered ${id} ${saysMarker}`;
    }
    if (saysMarker !== (attempt.kind === 'delete')) return `${key}: marker said ${saysMarker}`;
    if (this.states.get(bucket) === 'suspended') return id === 'null' ? undefined : `${key}: ${id}`;
    if (id === undefined || !this.#isNew(id)) return `${key}: the id ${id} is not a new one`;
    this.#ids.add(id);
    return undefined;
  }

  #isNew(id: string): boolean {
    return /^CAEQ[A-Za-z0-9_-]{60}$/.test(id) && !this.#ids.has(id);
  }

  #fits(versions: readonly KnownVersion[], listed: readonly VersionEntry[]): boolean {
    if (versions.length !== listed.length) return false;
    return versions.every(({ id, body }, at) => {
      const entry = listed[at] as VersionEntry;
      if (entry.isLatest !== (at === 0)) return false;
      if (id === undefined ? !this.#isNew(entry.versionId) : entry.versionId !== id) return false;
      if (entry.kind === 'DeleteMarker') return body === undefined;
      return body?.size === entry.size && entry.etag.replaceAll('"', '') === body.etag;
    });
  }
}

function shown(entry: VersionEntry): string {
  const what = entry.kind === 'Version' ? `${entry.size} bytes` : 'marker';
  return `${entry.versionId.slice(0, 16)} ${what}${entry.isLatest ? ' latest' : ''}`;
}

function known({ id, body }: KnownVersion): string {
  return `${id?.slice(0, 16) ?? 'new'} ${body === undefined ? 'marker' : `${body.size} bytes`}`;
}
