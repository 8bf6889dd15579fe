// Random histories against a model of plain arrays: every operation in every state of versioning,
// through crashes of nothing and ends of processes; afterwards every row is checked.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/core/buckets/bucket.ts';
import type { Versioning } from '../../src/core/model.ts';
import { checkInvariants, rowsOf } from './invariants.ts';
import { type EngineName, Machine } from './machine.ts';
import {
  allBlobs,
  codeOf,
  contentOf,
  getBucket,
  owner,
  sweepAll,
  type TestStore,
} from './test-store.ts';

interface ModelVersion {
  readonly id: string;
  /** Undefined = delete marker. */
  readonly content: Buffer | undefined;
}

interface Model {
  versioning: Versioning;
  /** Newest first. */
  readonly keys: Map<string, ModelVersion[]>;
}

class Real {
  readonly machine: Machine;
  readonly ids = new Set<string>();
  process!: TestStore;
  bucket!: Bucket;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  async boot(): Promise<void> {
    this.process = await this.machine.boot({ exclusive: true });
  }

  async find(): Promise<void> {
    this.bucket = await getBucket(this.process);
  }
}

type Command = fc.AsyncCommand<Model, Real>;
const counts = new Map<string, number>();

function command(name: string, work: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      const counted = `${name} ${model.versioning}`;
      counts.set(counted, (counts.get(counted) ?? 0) + 1);
      await work(model, real);
    },
    toString: () => name,
  };
}

const sizes = [0, 1, 300, 8_153, 8_154, 8_155, 20_000];
const keys = fc.constantFrom('a', 'a/b', 'a/c/d', 'b/😀', 'b/\ue000', '__proto__');

function place(model: Model, key: string, id: string, content: Buffer | undefined): void {
  const versions = model.keys.get(key) ?? [];
  const kept = model.versioning === 'enabled' ? versions : versions.filter((v) => v.id !== 'null');
  model.keys.set(key, [{ id, content }, ...kept]);
}

function newId(real: Real, model: Model, id: string | undefined): string {
  if (model.versioning !== 'enabled') {
    expect(id).toBe(model.versioning === 'never' ? undefined : 'null');
    return 'null';
  }
  if (id === undefined) throw new Error('a version without an id');
  expect(real.ids.has(id), 'version ids never repeat').toBe(false);
  real.ids.add(id);
  return id;
}

const puts = fc.tuple(keys, fc.constantFrom(...sizes), fc.nat(255)).map(([key, size, fill]) =>
  command(`put ${size}`.split(' ')[0] ?? '', async (model, real) => {
    const content = Buffer.alloc(size, fill);
    const put = await real.process.store.objects.put(real.bucket, key, { body: content });
    place(model, key, newId(real, model, put.versionId), content);
  }),
);

const deletes = keys.map((key) =>
  command('delete', async (model, real) => {
    const result = await real.process.store.objects.delete(real.bucket, key);
    expect(result.isDeleteMarker).toBe(model.versioning !== 'never');
    if (model.versioning === 'never') model.keys.delete(key);
    else place(model, key, newId(real, model, result.versionId), undefined);
  }),
);

const deletesOfVersions = fc.tuple(keys, fc.nat(6)).map(([key, index]) =>
  command('delete version', async (model, real) => {
    const versions = model.keys.get(key) ?? [];
    const version = versions[index] ?? { id: 'null', content: Buffer.alloc(0) };
    const existing = versions.find(({ id }) => id === version.id);
    const result = await real.process.store.objects.delete(real.bucket, key, version.id);
    expect(result.versionId).toBe(version.id);
    expect(result.isDeleteMarker).toBe(existing !== undefined && existing.content === undefined);
    const rest = versions.filter(({ id }) => id !== version.id);
    if (rest.length === 0) model.keys.delete(key);
    else model.keys.set(key, rest);
  }),
);

const reads = keys.map((key) =>
  command('get', async (model, real) => {
    const versions = model.keys.get(key) ?? [];
    const latest = versions[0]?.content;
    const found = contentOf(real.process, real.bucket, key);
    if (latest === undefined) expect(await codeOf(found)).toBe('NoSuchKey');
    else expect((await found).equals(latest)).toBe(true);
    for (const { id, content } of versions) {
      const version = contentOf(real.process, real.bucket, key, id);
      if (content === undefined) expect(await codeOf(version)).toBe('MethodNotAllowed');
      else expect((await version).equals(content)).toBe(true);
    }
  }),
);

const lists = fc.constantFrom('', '/').map((delimiter) =>
  command('list', async (model, real) => {
    const page = await real.process.store.objects.list(real.bucket, { delimiter, limit: 100 });
    const present = [...model.keys].flatMap(([key, [latest]]) =>
      latest?.content === undefined ? [] : [key],
    );
    const entries = present.map((key) => {
      const at = delimiter === '' ? -1 : key.indexOf(delimiter);
      return at === -1 ? key : key.slice(0, at + 1);
    });
    const listed = [...page.objects.map(({ key }) => key), ...page.commonPrefixes];
    expect(listed.sort()).toEqual([...new Set(entries)].sort());
  }),
);

const switches = fc.constantFrom('enabled' as const, 'suspended' as const).map((state) =>
  command('set versioning', async (model, real) => {
    await real.process.store.buckets.setVersioning(real.bucket, state);
    model.versioning = state;
    await real.find();
  }),
);

const sweeps = fc.constant(
  command('sweep', async (_model, real) => {
    expect((await real.process.store.sweeper.runOnce()).failures).toEqual([]);
    real.machine.clock.advance(40_000);
  }),
);

const restarts = fc.boolean().map((isClean) =>
  command('restart', async (_model, real) => {
    if (isClean) await real.process.store.close();
    await real.boot();
  }),
);

async function run(
  engine: EngineName,
  commands: Iterable<Command>,
  first: Versioning,
): Promise<void> {
  const real = new Real(await Machine.over(engine));
  await real.boot();
  await real.process.store.buckets.create('bucket', owner);
  await real.find();
  if (first !== 'never') await real.process.store.buckets.setVersioning(real.bucket, first);
  await real.find();
  const model: Model = { versioning: first, keys: new Map() };
  await fc.asyncModelRun(() => ({ model, real }), commands);
  await checkInvariants(real.machine.metadata, real.process.blobs, [real.process.epoch]);
  await leaveNothing(model, real);
}

/** Invariant 14: with nothing live, a sweep leaves no body, no garbage and no file. */
async function leaveNothing(model: Model, real: Real): Promise<void> {
  const { store } = real.process;
  for (const [key, versions] of model.keys) {
    for (const { id } of versions) await store.objects.delete(real.bucket, key, id);
  }
  await sweepAll(real.process);
  await sweepAll(real.process);
  expect(await allBlobs(real.process.blobs)).toEqual([]);
  for (const letter of 'OMVDG') expect(await rowsOf(real.machine.metadata, letter)).toEqual([]);
  await store.buckets.delete(real.bucket);
}

const everyState = [puts, deletes, deletesOfVersions, reads, lists, sweeps, restarts];

describe.each([
  ['memory' as const, 200],
  // The model of memory holds for the disk too; each history costs some hundred flushes there.
  ['embedded' as const, 15],
])('over %s', (engine, numRuns) => {
  test.each([
    ['without versioning', 'never' as const, everyState],
    ['enabled', 'enabled' as const, everyState],
    ['suspended', 'suspended' as const, everyState],
    ['switched to and fro', 'never' as const, [...everyState, switches]],
  ])('%s', { timeout: 120_000 }, async (_name, first, kinds) => {
    // Puts twice as often: a history that deletes as much as it writes stays shallow.
    const commands = fc.commands([puts, ...kinds], { maxCommands: 60, size: 'max' });
    await fc.assert(
      fc.asyncProperty(commands, (history) => run(engine, history, first)),
      { numRuns },
    );
  });
});

afterAll(() => {
  const operations = ['put', 'delete', 'delete version', 'get', 'list', 'sweep', 'restart'];
  for (const operation of operations) {
    for (const state of ['never', 'enabled', 'suspended']) {
      const count = counts.get(`${operation} ${state}`) ?? 0;
      expect(count, `${operation} in state ${state}`).toBeGreaterThanOrEqual(200);
    }
  }
});
