// The steps of a random history, each checked against the model as it is made; and how often every
// step was made in every state of versioning.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Versioning } from '../../../src/core/records/model.ts';
import { bodyOf, sizesAround } from '../../support/bodies.ts';
import { naiveObjects, naiveVersions } from './naive-listing.ts';
import type { Page, Subject } from './subject.ts';
import type { VersionModel, Which } from './version-model.ts';

export type Command = fc.AsyncCommand<VersionModel, Subject>;
/** Times a step was made, by `step state`. */
export type Counts = Map<string, number>;

const whiches: readonly Which[] = ['latest', 'older', 'null', 'unknown'];
const byId = (verb: string): string[] => whiches.map((which) => `${verb} ${which} by id`);

/** Every step that a run must make often enough. */
export const steps: readonly string[] = [
  'put',
  'delete',
  'get',
  'head',
  'list objects',
  'list versions',
  'set versioning',
  ...byId('delete'),
  ...byId('get'),
  ...byId('head'),
];

/** Without versioning a key has one version. */
export function isPossible(step: string, state: Versioning): boolean {
  return !(state === 'never' && / older /.test(step));
}

const keyNames = ['a', 'a/b', 'a/c/d', 'b/😀', 'b/\ue000', '__proto__'] as const;
const key = fc.constantFrom(...keyNames);
const listing = fc.record({
  prefix: fc.constantFrom('', '', 'a', 'a/', 'b/', 'z'),
  delimiter: fc.constantFrom('', '', '/', 'b'),
  limit: fc.constantFrom(1, 3, 7, 100, 1000),
});

let bodySeed = 0;

export class Commands {
  readonly #counts: Counts;

  constructor(counts: Counts) {
    this.#counts = counts;
  }

  get puts(): fc.Arbitrary<Command> {
    return fc.tuple(key, fc.nat(8)).map(([name, at]) => this.put(name, at));
  }

  get reads(): fc.Arbitrary<Command>[] {
    const markers = fc.constantFrom('', 'a', 'a/b', 'a/c', 'b/😀', 'zz');
    return [
      key.map((name) => this.#read('get', name)),
      key.map((name) => this.#read('head', name)),
      listing.map((query) => this.#list(query)),
      listing.map((query) => this.#listVersions(query)),
      fc.tuple(fc.nat(), markers, listing).map((drawn) => this.#listFrom(...drawn)),
    ];
  }

  get deletes(): fc.Arbitrary<Command>[] {
    return [key.map((name) => this.#delete(name))];
  }

  onVersions(state: Versioning): fc.Arbitrary<Command>[] {
    return whiches.flatMap((which) => {
      if (!isPossible(`get ${which} by id`, state)) return [];
      const version = fc.tuple(fc.constant(which), fc.nat(), key);
      return [
        version.map((drawn) => this.#deleteVersion(...drawn)),
        version.map((drawn) => this.#readVersion('get', ...drawn)),
        version.map((drawn) => this.#readVersion('head', ...drawn)),
      ];
    });
  }

  get sweeps(): fc.Arbitrary<Command> {
    return fc.constant(this.#command('sweep', (_, subject) => subject.sweep()));
  }

  get restarts(): fc.Arbitrary<Command> {
    return fc.boolean().map((isClean) =>
      this.#command('restart', async (_, subject) => {
        await subject.restart?.(isClean);
      }),
    );
  }

  get switches(): fc.Arbitrary<Command> {
    const states = fc.constantFrom('enabled' as const, 'suspended' as const);
    return states.map((state) => this.setVersioning(state));
  }

  /** `at` chooses the size. */
  put(name: string, at: number): Command {
    return this.#command('put', async (model, subject) => {
      bodySeed += 1;
      const sizes = sizesAround(subject.inlineBytesMax);
      const body = bodyOf({ seed: bodySeed, size: sizes[at % sizes.length] as number });
      const mtimeS = subject.nowS();
      model.put(name, await subject.put(name, body), mtimeS, body);
    });
  }

  setVersioning(state: Exclude<Versioning, 'never'>): Command {
    return this.#command('set versioning', async (model, subject) => {
      await subject.setVersioning(state);
      model.versioning = state;
    });
  }

  /** Commands that bring a new bucket into a state, with versions of the states before. */
  prelude(first: Versioning): Command[] {
    if (first === 'never') return [];
    const unversioned = keyNames.map((name, at) => this.put(name, at));
    const enable = this.setVersioning('enabled');
    if (first === 'enabled') return [...unversioned, enable];
    const versions = keyNames.flatMap((name, at) => [this.put(name, at), this.put(name, at + 3)]);
    return [...unversioned, enable, ...versions, this.setVersioning('suspended')];
  }

  #command(name: string, work: (model: VersionModel, subject: Subject) => Promise<void>): Command {
    return {
      check: () => true,
      run: async (model, subject) => {
        this.#count(name, model);
        await work(model, subject);
      },
      toString: () => name,
    };
  }

  #count(step: string, { versioning }: VersionModel): void {
    const counted = `${step} ${versioning}`;
    this.#counts.set(counted, (this.#counts.get(counted) ?? 0) + 1);
  }

  #delete(name: string): Command {
    return this.#command(`delete`, async (model, subject) => {
      const mtimeS = subject.nowS();
      const answer = await subject.delete(name);
      if ('refused' in answer) throw new Error(`delete was refused: ${answer.refused}`);
      model.delete(name, answer, mtimeS);
    });
  }

  /** Counted by what was really there. */
  #onVersion(
    verb: string,
    [wanted, at, anyKey]: readonly [Which, number, string],
    work: (subject: Subject, name: string, id: string, model: VersionModel) => Promise<void>,
  ): Command {
    return {
      check: () => true,
      run: async (model, subject) => {
        const { key: name, id, which: met } = model.pick(wanted, at, anyKey);
        this.#count(`${verb} ${met} by id`, model);
        await work(subject, name, id, model);
      },
      toString: () => `${verb} ${wanted} by id (${at}, ${anyKey})`,
    };
  }

  #deleteVersion(...drawn: readonly [Which, number, string]): Command {
    return this.#onVersion('delete', drawn, async (subject, name, id, model) => {
      expect(await subject.delete(name, id)).toEqual(model.deleteVersion(name, id));
    });
  }

  #read(verb: 'get' | 'head', name: string): Command {
    return this.#command(verb, async (model, subject) => {
      expect(await subject[verb](name)).toEqual(expected(verb, model, name));
    });
  }

  #readVersion(verb: 'get' | 'head', ...drawn: readonly [Which, number, string]): Command {
    return this.#onVersion(verb, drawn, async (subject, name, id, model) => {
      expect(await subject[verb](name, id)).toEqual(expected(verb, model, name, id));
    });
  }

  /** All pages, one after another. */
  #list(query: { prefix: string; delimiter: string; limit: number }): Command {
    return this.#command('list objects', async (model, subject) => {
      const all = model.listedObjects();
      let after: string | undefined;
      do {
        const page = await subject.list({ ...query, after });
        const naive = naiveObjects(all, { ...query, after });
        after = nextOf(page, naive)?.key;
      } while (after !== undefined);
    });
  }

  #listVersions(query: { prefix: string; delimiter: string; limit: number }): Command {
    return this.#command('list versions', async (model, subject) => {
      const all = model.listedVersions();
      let next: ReturnType<typeof nextOf>;
      do {
        const markers = { keyMarker: next?.key, versionIdMarker: next?.versionId };
        const page = await subject.listVersions({ ...query, ...markers });
        next = nextOf(page, naiveVersions(all, { ...query, ...markers }));
      } while (next !== undefined);
    });
  }

  /** One page, from markers that no page ended with: a version's, or any text. */
  #listFrom(
    at: number,
    text: string,
    query: { prefix: string; delimiter: string; limit: number },
  ): Command {
    return this.#command('list versions', async (model, subject) => {
      const all = model.listedVersions();
      const version = at % 3 === 0 ? undefined : all[at % all.length];
      const markers =
        version === undefined
          ? { keyMarker: text === '' ? undefined : text }
          : { keyMarker: version.key, versionIdMarker: version.versionId };
      const page = await subject.listVersions({ ...query, ...markers });
      nextOf(page, naiveVersions(all, { ...query, ...markers }));
      const objects = await subject.list({ ...query, after: text === '' ? undefined : text });
      nextOf(objects, naiveObjects(model.listedObjects(), { ...query, after: text }));
    });
  }
}

function expected(verb: 'get' | 'head', model: VersionModel, name: string, id?: string) {
  const read = model.read(name, id);
  if ('refused' in read || verb === 'get') return read;
  const { content: _, ...head } = read;
  return head;
}

/** Compares a page with what it should be; where the next one begins. */
function nextOf<Entry extends { readonly key: string; readonly versionId?: string | undefined }>(
  page: Page<Entry>,
  naive: ReturnType<typeof naiveObjects<Entry>>,
): { key: string; versionId?: string | undefined } | undefined {
  const { last, entries, prefixes, isTruncated } = naive;
  const end = last === undefined ? undefined : 'prefix' in last ? { key: last.prefix } : last;
  const next = isTruncated && end !== undefined ? nextMarker(end) : undefined;
  expect(page).toEqual({ entries, prefixes, isTruncated, next });
  return next;
}

function nextMarker(end: { readonly key: string; readonly versionId?: string | undefined }) {
  const { key: name, versionId } = end;
  return versionId === undefined ? { key: name } : { key: name, versionId };
}
