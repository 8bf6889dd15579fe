// Kills a server that overwrites and deletes in buckets with versions, or a process of it, again and again,
// and compares what is there afterwards with what was acknowledged. kill.test.ts and kill-workers.test.ts
// say how often, and with which mutants.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VersionEntry } from '@osskeep/protocol';
import { bodyOf, sizesAround } from '../support/bodies.ts';
import { isAlive } from '../support/processes.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import type { SignedRequests } from '../support/signed-requests.ts';
import { VersionedBucket } from '../support/versioned-bucket.ts';
import { type CrashPoint, pointNames, type Victim } from './crash-points.ts';
import type { Mutant } from './mutants.ts';
import { type ServerProcess, Servers } from './server-process.ts';
import {
  type Attempt,
  etagOf,
  type KnownVersion,
  type Place,
  planBody,
  type State,
  VersionOracle,
  type WrittenBody,
} from './version-oracle.ts';

export interface KillOptions {
  readonly data: string;
  readonly kills: number;
  /** Of the server's processes; absent: it is one process. */
  readonly victim?: Victim;
  /** Bodies are as large as this from time to time; absent: none is. */
  readonly largeBytes?: number;
  readonly mutant: Mutant;
  /** Largest body that is stored beside its row; sizes are drawn around it. */
  readonly inlineBytesMax: number;
  readonly seed: number;
  readonly stopAtFirstViolation: boolean;
}

export interface KillResult {
  readonly kills: number;
  readonly acknowledged: number;
  readonly overwrites: number;
  /** Writes whose answer was outstanding at the kill, the smallest number of all kills. */
  readonly inFlightMin: number;
  /** Kills at a point of the way of a PUT; the others came at any time. */
  readonly atPoints: number;
  /** Large bodies that were acknowledged. */
  readonly large: number;
  /** Writes without an answer that had taken effect all the same. */
  readonly unanswered: number;
  readonly violations: readonly string[];
}

interface Read {
  readonly place: Place;
  readonly version: KnownVersion | undefined;
  readonly id: string | undefined;
}

const writers = 24;
const keysOfWriter = 3;
const workers = 2;
/** Of so many bodies one is large. */
const largeOneIn = 120;
const largeFrom = 500_000;
/** More versions of a key than that are thinned out again. */
const versionsWanted = 5;
const buckets: readonly (readonly [name: string, state: State])[] = [
  ['kill-enabled', 'enabled'],
  ['kill-suspended', 'suspended'],
];

export class KillLoop {
  readonly #options: KillOptions;
  readonly #random: SeededRandom;
  readonly #sizes: readonly number[];
  readonly #servers = new Servers();
  readonly #oracle = new VersionOracle();
  readonly #violations: string[] = [];
  /** Bodies that were read back since they were written. */
  readonly #seen = new WeakSet<WrittenBody>();
  #running: ServerProcess | undefined;
  #requests!: SignedRequests;
  #nextBody = 1;
  #kills = 0;
  #inFlightMin = Number.POSITIVE_INFINITY;
  #atPoints = 0;
  #large = 0;
  #unanswered = 0;
  #isStopped = false;
  #point: CrashPoint | undefined;

  constructor(options: KillOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    this.#sizes = [...sizesAround(options.inlineBytesMax), 4_096, 200_000];
  }

  async run(): Promise<KillResult> {
    try {
      await this.#start();
      await this.#createBuckets();
      while (this.#kills < this.#options.kills) {
        await this.#killUnderLoad();
        await this.#goOn();
        await this.#look(this.#kills === this.#options.kills);
        if (this.#options.stopAtFirstViolation && this.#violations.length > 0) break;
        if (this.#kills % 10 === 0) await this.#switchVersioning();
      }
    } finally {
      await this.#running?.kill();
      this.#servers.close();
    }
    const { acknowledged, overwrites } = this.#oracle;
    return {
      kills: this.#kills,
      acknowledged,
      overwrites,
      inFlightMin: this.#inFlightMin,
      atPoints: this.#atPoints,
      large: this.#large,
      unanswered: this.#unanswered,
      violations: this.#violations,
    };
  }

  /** Every fourth server sweeps all the time, so that kills meet sweeps too; the last leaves all as it is. */
  async #start(): Promise<void> {
    const { data, mutant, kills, victim } = this.#options;
    const sweeps = this.#kills < kills && this.#random.below(4) === 0;
    const graceMs = sweeps ? 20 : undefined;
    const count = victim === undefined ? 1 : workers;
    const orders = { data, mutant, graceMs, workers: count, point: this.#point };
    this.#running = await this.#servers.start(orders);
    this.#requests = this.#running.requests;
  }

  /** A server that lost one worker answers on, unless the next is to be lost at a point. */
  async #goOn(): Promise<void> {
    this.#point = this.#nextPoint();
    const { victim } = this.#options;
    if (victim !== 'worker' || this.#running === undefined) return this.#start();
    if (this.#point === undefined) {
      await this.#running.replaced(workers);
      this.#requests = this.#running.requests;
    } else {
      await this.#running.kill();
      await this.#start();
    }
  }

  /** Every third kill of a process of several is done by a worker, at a point of the way of a PUT. */
  #nextPoint(): CrashPoint | undefined {
    const { victim, data } = this.#options;
    if (victim === undefined || this.#random.below(3) > 0) return undefined;
    const file = `${data}.point`;
    rmSync(file, { force: true });
    const after = 10 + this.#random.below(60);
    return { at: this.#random.pick(pointNames), after, victim, file };
  }

  #bucket(name: string): VersionedBucket {
    return new VersionedBucket(this.#requests, name);
  }

  /** The suspended one has versions from before. */
  async #createBuckets(): Promise<void> {
    for (const [name] of buckets) {
      await this.#bucket(name).create();
      await this.#setVersioning(name, 'enabled');
    }
    await Promise.all(
      places().map(async (place) => {
        await this.#write(place, { kind: 'put', body: this.#planBody() });
        await this.#write(place, { kind: 'put', body: this.#planBody() });
      }),
    );
    for (const [name, state] of buckets) await this.#setVersioning(name, state);
  }

  /** To and fro, so that `null` versions come to lie among the others. */
  async #switchVersioning(): Promise<void> {
    const name = 'kill-suspended';
    const isEnabled = this.#oracle.states.get(name) === 'enabled';
    await this.#setVersioning(name, isEnabled ? 'suspended' : 'enabled');
  }

  async #setVersioning(name: string, state: State): Promise<void> {
    await this.#bucket(name).setVersioning(state === 'enabled' ? 'Enabled' : 'Suspended');
    this.#oracle.states.set(name, state);
  }

  /** After so many answers, not after so much time: slow machines kill as much work. */
  async #killUnderLoad(): Promise<void> {
    this.#isStopped = false;
    const goal = this.#oracle.acknowledged + 100 + this.#random.below(100);
    const load = Array.from({ length: writers }, (_, writer) => this.#writeUntilKilled(writer));
    if (this.#options.victim !== 'worker') this.#servers.prepare();
    if (this.#point === undefined) {
      while (this.#oracle.acknowledged < goal && this.#violations.length === 0) await sleep(1);
      await sleep(this.#random.below(12));
      this.#inFlightMin = Math.min(this.#inFlightMin, this.#oracle.inFlight);
      this.#isStopped = true;
      await this.#kill();
    } else {
      await this.#killedAt(this.#point);
      this.#isStopped = true;
      this.#atPoints += 1;
    }
    this.#kills += 1;
    await Promise.all(load);
  }

  async #kill(): Promise<void> {
    const running = this.#running as ServerProcess;
    const { victim } = this.#options;
    if (victim === 'writer') await running.killWriter();
    else if (victim === 'worker') await running.killWorker(this.#random.pick(running.workers()));
    else await running.kill();
  }

  /** Resolves when the victim is dead. */
  async #killedAt({ file, victim }: CrashPoint): Promise<void> {
    if (victim === 'worker') {
      while (!existsSync(file) || isAlive(Number(readFileSync(file, 'latin1')))) await sleep(1);
    } else {
      await this.#running?.ended();
      await this.#running?.kill();
    }
  }

  async #writeUntilKilled(writer: number): Promise<void> {
    while (!this.#isStopped) {
      const [bucket] = this.#random.pick(buckets);
      const place = { bucket, key: keyOf(writer, this.#random.below(keysOfWriter)) };
      try {
        await this.#write(place, this.#draw(this.#oracle.versions(place)));
      } catch (error) {
        this.#oracle.lost();
        // A refusal is no lost answer: nothing here may be refused.
        const isLost = this.#isStopped || (this.#point !== undefined && isCut(error));
        if (!isLost) this.#violations.push(`${place.key}: ${(error as Error).message}`);
        return;
      }
    }
  }

  #draw(versions: readonly KnownVersion[]): Attempt {
    const at = this.#random.below(100);
    const victim = this.#random.pick(versions)?.id;
    const isFull = versions.length > versionsWanted;
    if (victim !== undefined && at < (isFull ? 60 : 15)) {
      // The latest as often as all others together: its removal is the harder one.
      const id = at % 2 === 0 ? victim : (versions[0]?.id ?? victim);
      return { kind: 'delete version', id };
    }
    if (at > 92) return { kind: 'delete' };
    return { kind: 'put', body: this.#planBody() };
  }

  #planBody() {
    const { largeBytes } = this.#options;
    const isLarge = largeBytes !== undefined && this.#random.below(largeOneIn) === 0;
    const size = isLarge ? largeBytes >> this.#random.below(6) : this.#random.pick(this.#sizes);
    const plan = { seed: this.#nextBody, size };
    this.#nextBody += 1;
    return planBody(plan);
  }

  async #write(place: Place, attempt: Attempt): Promise<void> {
    const bucket = this.#bucket(place.bucket);
    this.#oracle.begin(place, attempt);
    let id: string | undefined;
    let saysMarker = false;
    if (attempt.kind === 'put') id = await bucket.put(place.key, bodyOf(attempt.body));
    else {
      const which = attempt.kind === 'delete version' ? attempt.id : undefined;
      const { headers } = await bucket.delete(place.key, which);
      id = headers.get('x-oss-version-id');
      saysMarker = headers.get('x-oss-delete-marker') === 'true';
    }
    if (attempt.kind === 'put' && attempt.body.size > largeFrom) this.#large += 1;
    const wrong = this.#oracle.acknowledge(place, id, saysMarker);
    if (wrong !== undefined) this.#violations.push(wrong);
  }

  /** Every key's list of versions; of bodies those that are new, some others, or all. */
  async #look(all: boolean): Promise<void> {
    for (const [name] of buckets) {
      const listed = Map.groupBy(await this.#bucket(name).allVersions(), ({ key }) => key);
      for (const { key } of places().filter(({ bucket }) => bucket === name)) {
        this.#settle({ bucket: name, key }, listed.get(key) ?? []);
        listed.delete(key);
      }
      if (listed.size > 0) this.#violations.push(`${name} shows keys that nobody wrote`);
    }
    // A key without a version is looked at by its listing alone.
    const queue = places().flatMap((place) => this.#reads(place, all));
    const reader = async (): Promise<void> => {
      for (let read = queue.pop(); read !== undefined; read = queue.pop()) {
        const { place, version, id } = read;
        await this.#read(place, version, id).catch((error: Error) => {
          this.#violated(place, `cannot be read: ${error.message}`);
        });
      }
    };
    await Promise.all(Array.from({ length: 16 }, reader));
  }

  #settle(place: Place, listed: readonly VersionEntry[]): void {
    const wasUnknown = this.#oracle.isUnknown(place);
    const before = this.#oracle.versions(place);
    const wrong = this.#oracle.settle(place, listed);
    if (wrong !== undefined) this.#violated(place, wrong);
    else if (wasUnknown && this.#oracle.versions(place).length !== before.length) {
      this.#unanswered += 1;
    }
  }

  /** The latest without an id, and versions by their own. */
  #reads(place: Place, all: boolean): Read[] {
    const versions = this.#oracle.versions(place);
    const chosen = versions.filter(({ body }) => {
      return all || (body !== undefined && !this.#seen.has(body)) || this.#random.below(20) === 0;
    });
    if (chosen.length === 0) return [];
    const latest = { place, version: versions[0], id: undefined };
    return [latest, ...chosen.map((version) => ({ place, version, id: version.id }))];
  }

  async #read(
    place: Place,
    version: KnownVersion | undefined,
    id: string | undefined,
  ): Promise<void> {
    const answer = await this.#bucket(place.bucket).read('GET', place.key, id);
    const which = id ?? 'the latest';
    if (version?.body === undefined) {
      const code = id === undefined ? 'NoSuchKey' : 'MethodNotAllowed';
      const isRight =
        'code' in answer &&
        answer.code === code &&
        answer.isDeleteMarker === (version !== undefined) &&
        answer.versionId === version?.id;
      if (!isRight) this.#violated(place, `${which} should be a delete marker, or not there`);
      return;
    }
    if ('code' in answer) this.#violated(place, `${which}: ${answer.code}`);
    else if (etagOf(answer.body) !== version.body.etag) {
      this.#violated(place, `${which} is not what was written`);
    } else if (answer.headers.get('x-oss-version-id') !== version.id) {
      this.#violated(place, `${which} is another version`);
    }
    this.#seen.add(version.body);
  }

  #violated({ bucket, key }: Place, what: string): void {
    this.#violations.push(`kill ${this.#kills}: ${bucket}/${key} ${what}`);
  }
}

/** The connection ended without an answer, or nobody took it. */
function isCut(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code !== undefined;
}

function keyOf(writer: number, at: number): string {
  return `w${writer}/k${at}`;
}

function places(): Place[] {
  return buckets.flatMap(([bucket]) =>
    Array.from({ length: writers * keysOfWriter }, (_, at) => ({
      bucket,
      key: keyOf(Math.floor(at / keysOfWriter), at % keysOfWriter),
    })),
  );
}
