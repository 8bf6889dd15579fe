// A request's view: one trip for all that is known, nothing older than the store, and each thing cold only
// when it changed itself.
import { describe, expect, test } from 'vitest';
import { isPending } from '../../../src/core/ports/eventually.ts';
import type { Hints } from '../../../src/core/store.ts';
import { CountingMetadata } from '../../support/counting-metadata.ts';
import { type EngineName, engineNames, Machine } from '../machine.ts';
import { codeOf, createBucket, getBucket, owner, readAll, type TestStore } from '../test-store.ts';

const domain = 'static.example.com';
const accessKeyId = 'LTAI';
const hints = { domain, bucket: 'bucket', key: 'k', accessKeyId };
const key = { accessKeyId, secret: 'secret', owner };

/** Whatever a request with these names learns of the store. */
async function learns({ store }: TestStore, names: Required<Hints> = hints): Promise<unknown> {
  const at = await store.view(names);
  const binding = await store.cnames.find(at, names.domain as string);
  const credential = await store.credentials.find(at, names.accessKeyId as string);
  const bucket = await store.buckets.find(at, names.bucket as string);
  if (bucket === undefined) return { binding, credential };
  try {
    const opened = await store.objects.open(bucket, names.key as string, { at });
    const { smallBody, ...object } = opened.object;
    return { binding, credential, bucket, object, text: String(await readAll(opened.bytes)) };
  } catch (refusal) {
    return { binding, credential, bucket, refusal: await codeOf(Promise.reject(refusal)) };
  }
}

interface Processes {
  /** Makes the changes. */
  readonly writing: TestStore;
  /** Has seen everything before. */
  readonly reading: TestStore;
  /** Sees everything for the first time. */
  fresh(): Promise<TestStore>;
}

async function processesOver(engine: EngineName): Promise<Processes> {
  const machine = await Machine.over(engine);
  const writing = await machine.boot();
  await createBucket(writing);
  await writing.store.buckets.create('other-bucket', owner);
  await writing.store.credentials.add(key);
  await writing.store.objects.put(await getBucket(writing), 'k', { body: Buffer.from('first') });
  return { writing, reading: await machine.boot(), fresh: () => machine.boot() };
}

type Change = (test: TestStore) => Promise<unknown>;

const changes: Record<string, { before?: Change; change: Change }> = {
  'a key is disabled': { change: ({ store }) => store.credentials.disable(accessKeyId) },
  'a key is removed': { change: ({ store }) => store.credentials.remove(accessKeyId) },
  'a key that was not there is added': {
    before: ({ store }) => store.credentials.remove(accessKeyId),
    change: ({ store }) => store.credentials.add(key),
  },
  'an ACL is put': {
    change: async (test) =>
      test.store.documents.put(await getBucket(test), 'acl', { acl: 'public-read' }),
  },
  'CORS rules are put': {
    change: async (test) =>
      test.store.documents.put(await getBucket(test), 'cors', {
        rules: [
          { allowedOrigins: ['*'], allowedMethods: ['GET'], allowedHeaders: [], exposeHeaders: [] },
        ],
      }),
  },
  'public access to the bucket is blocked': {
    change: async (test) =>
      test.store.documents.put(await getBucket(test), 'publicAccessBlock', { enabled: true }),
  },
  'public access to the account is blocked': {
    change: ({ store }) => store.accounts.put(owner.id, 'publicAccessBlock', { enabled: true }),
  },
  'public access to the account is allowed again': {
    before: ({ store }) => store.accounts.put(owner.id, 'publicAccessBlock', { enabled: true }),
    change: ({ store }) => store.accounts.put(owner.id, 'publicAccessBlock', { enabled: false }),
  },
  'versions are kept': {
    change: async (test) => test.store.buckets.setVersioning(await getBucket(test), 'enabled'),
  },
  'the bucket is deleted': {
    before: async (test) => test.store.objects.delete(await getBucket(test), 'k'),
    change: async (test) => test.store.buckets.delete(await getBucket(test)),
  },
  'the bucket is another one of the same name': {
    before: async (test) => test.store.objects.delete(await getBucket(test), 'k'),
    change: async (test) => {
      await test.store.buckets.delete(await getBucket(test));
      await createBucket(test);
    },
  },
  'a bucket that was not there is made': {
    before: async (test) => {
      await test.store.objects.delete(await getBucket(test), 'k');
      await test.store.buckets.delete(await getBucket(test));
    },
    change: (test) => createBucket(test),
  },
  'a domain is bound': { change: bind },
  'a domain is bound to another bucket': {
    before: bind,
    change: async (test) => {
      await test.store.cnames.unbind(await getBucket(test), domain);
      await bind(test, 'other-bucket');
    },
  },
  'a domain is let go': {
    before: bind,
    change: async (test) => test.store.cnames.unbind(await getBucket(test), domain),
  },
  'the object is overwritten': {
    change: async (test) =>
      test.store.objects.put(await getBucket(test), 'k', { body: Buffer.from('other') }),
  },
  'the object gets an ACL': {
    change: async (test) => test.store.objects.setAcl(await getBucket(test), 'k', 'private'),
  },
  'the object is deleted': {
    change: async (test) => test.store.objects.delete(await getBucket(test), 'k'),
  },
};

async function bind(test: TestStore, name = 'bucket'): Promise<void> {
  await test.store.cnames.bind(await getBucket(test, name), { domain, isVouchedFor: true });
}

/** Breaks a store: whatever it knows, it believes, whatever stamp the row has by now. */
function ignoreStamps({ store }: TestStore): void {
  const view = store.view.bind(store);
  store.view = async (names) => Object.assign(await view(names), { found: () => 'unchanged' });
}

describe.each(engineNames)('over %s, the next request of every process sees that', (engine) => {
  test.each(Object.entries(changes))('%s', async (_what, { before, change }) => {
    const { writing, reading, fresh } = await processesOver(engine);
    await before?.(writing);
    const old = await learns(reading);
    expect(await learns(reading)).toEqual(old);
    expect(await learns(writing)).toEqual(old);
    await change(writing);
    const now = await learns(await fresh());
    expect(now).not.toEqual(old);
    expect(await learns(reading)).toEqual(now);
    expect(await learns(writing)).toEqual(now);
  });
});

test.each(Object.entries(changes))(
  'a cache that ignores stamps misses that %s',
  async (...args) => {
    const [, { before, change }] = args;
    const { writing, reading } = await processesOver('memory');
    await before?.(writing);
    const old = await learns(reading);
    ignoreStamps(reading);
    await change(writing);
    expect(await learns(reading)).toEqual(old);
  },
);

describe.each(engineNames)('over %s', (engine) => {
  async function counted(): Promise<Processes & { metadata: CountingMetadata }> {
    const machine = await Machine.over(engine);
    const metadata = new CountingMetadata(machine.metadata);
    const writing = await machine.boot();
    await createBucket(writing);
    await writing.store.credentials.add(key);
    await writing.store.objects.put(await getBucket(writing), 'k', { body: Buffer.from('first') });
    await bind(writing);
    const reading = await machine.boot({ metadata });
    return { writing, reading, metadata, fresh: () => machine.boot() };
  }

  test('all that is known comes in one trip, without a row and at once', async () => {
    const { reading, metadata } = await counted();
    await learns(reading);
    expect(await metadata.during(() => learns(reading))).toMatchObject({ trips: 1, rows: 0 });
    const at = reading.store.view(hints);
    if (isPending(at)) throw new Error('the view was waited for');
    const { store } = reading;
    const bucket = store.buckets.find(at, 'bucket');
    for (const found of [
      bucket,
      store.credentials.find(at, accessKeyId),
      store.cnames.find(at, domain),
    ]) {
      expect(isPending(found)).toBe(false);
      expect(found).toBeDefined();
    }
    if (bucket === undefined || isPending(bucket)) throw new Error('the bucket was waited for');
    expect(isPending(store.objects.open(bucket, 'k', { at }))).toBe(false);
  });

  test('absence is known too, and asked for again', async () => {
    const { reading, metadata } = await counted();
    const names = { domain: 'no.test', bucket: 'none', key: 'k', accessKeyId: 'none' };
    expect(await metadata.during(() => learns(reading, names))).toMatchObject({ trips: 3 });
    expect(await metadata.during(() => learns(reading, names))).toMatchObject({ trips: 1 });
  });

  test('what changed costs a trip of its own, and only once', async () => {
    const { writing, reading, metadata } = await counted();
    await learns(reading);
    await writing.store.documents.put(await getBucket(writing), 'acl', { acl: 'public-read' });
    expect(await metadata.during(() => learns(reading))).toMatchObject({ trips: 2 });
    expect(await metadata.during(() => learns(reading))).toMatchObject({ trips: 1 });
    // These rows are the whole of what is asked for: the view has read them.
    await writing.store.credentials.disable(accessKeyId);
    await writing.store.objects.setAcl(await getBucket(writing), 'k', 'private');
    const trips = await metadata.during(() => learns(reading));
    expect(trips).toMatchObject({ trips: 2, rows: 3 });
  });

  test('a change of anything else costs nothing', async () => {
    const { writing, reading, metadata } = await counted();
    await learns(reading);
    const { store } = writing;
    await store.buckets.create('other-bucket', owner);
    const other = await getBucket(writing, 'other-bucket');
    await store.documents.put(other, 'acl', { acl: 'public-read' });
    await store.credentials.add({ ...key, accessKeyId: 'another' });
    await store.cnames.bind(other, { domain: 'other.example.com', isVouchedFor: true });
    await store.accounts.put('somebody', 'publicAccessBlock', { enabled: true });
    await store.objects.put(await getBucket(writing), 'other', { body: Buffer.from('x') });
    await store.buckets.delete(
      await getBucket(writing, 'other-bucket').then(async (bucket) => {
        await store.cnames.unbind(bucket, 'other.example.com');
        return bucket;
      }),
    );
    expect(await metadata.during(() => learns(reading))).toMatchObject({ trips: 1, rows: 0 });
  });

  test('what was not named in the head is read when it is looked for, once a request', async () => {
    const { reading, metadata } = await counted();
    await learns(reading);
    const { store } = reading;
    const at = await store.view();
    const twice = async (): Promise<void> => {
      for (let time = 0; time < 2; time += 1) {
        await store.credentials.find(at, accessKeyId);
        const bucket = await store.buckets.get(at, 'bucket');
        await store.objects.get(bucket, 'k', { at });
      }
    };
    expect(await metadata.during(twice)).toMatchObject({ reads: 3, trips: 3 });
  });

  test('a small body that went since the view is looked for anew, with its row', async () => {
    const { writing, reading } = await counted();
    const { store } = reading;
    const bucket = await getBucket(reading);
    // Known, but not its bytes.
    expect((await store.objects.get(bucket, 'k')).smallBody).toBeUndefined();
    const at = await store.view(hints);
    await writing.store.objects.put(bucket, 'k', { body: Buffer.from('replaced') });
    const { object, bytes } = await store.objects.open(bucket, 'k', { at });
    expect([object.size, String(await readAll(bytes))]).toEqual([8, 'replaced']);
  });

  test('the state of a key is one trip, also when the bucket changed meanwhile', async () => {
    const { writing, reading, metadata } = await counted();
    const bucket = await getBucket(reading);
    const put = () => reading.store.objects.put(bucket, 'new', { body: Buffer.from('x') });
    expect(await metadata.during(put)).toMatchObject({ reads: 1, commits: 1 });
    expect(await metadata.during(put)).toMatchObject({ reads: 1, commits: 1 });
    await writing.store.documents.put(bucket, 'acl', { acl: 'public-read' });
    expect(await metadata.during(put)).toMatchObject({ reads: 1, commits: 1 });
    // The first time that there may be markers, they are looked for.
    await writing.store.buckets.setVersioning(bucket, 'enabled');
    await writing.store.objects.delete(await getBucket(writing), 'new');
    expect(await metadata.during(put)).toMatchObject({ reads: 2, commits: 1 });
    const versions = await writing.store.objects.listVersions(await getBucket(writing), {
      limit: 10,
      prefix: 'new',
    });
    expect(versions.versions.map(({ kind }) => kind)).toEqual([
      'Version',
      'DeleteMarker',
      'Version',
    ]);
  });
});

test('an upload that a change of a document meets is planned once more, and made', async () => {
  const machine = await Machine.over('memory');
  const metadata = new CountingMetadata(machine.metadata);
  const [writing, other] = [await machine.boot({ metadata }), await machine.boot()];
  const bucket = await createBucket(writing);
  const commit = metadata.commit.bind(metadata);
  metadata.commit = async (given) => {
    metadata.commit = commit;
    await other.store.documents.put(bucket, 'acl', { acl: 'public-read' });
    return commit(given);
  };
  const put = () => writing.store.objects.put(bucket, 'k', { body: Buffer.from('x') });
  expect(await metadata.during(put)).toMatchObject({ reads: 2, commits: 2 });
  expect((await writing.store.objects.get(bucket, 'k')).size).toBe(1);
});

test('what is known of names is bounded', async () => {
  const { store, metadata } = await Machine.over('memory').then((machine) => machine.boot());
  const find = async (name: string) =>
    store.credentials.find(await store.view({ accessKeyId: name }), name);
  await store.credentials.add(key);
  await find(accessKeyId);
  expect(store.credentials.known(accessKeyId)).toBeDefined();
  const read = metadata.read.bind(metadata);
  let keys = 0;
  metadata.read = (query) => {
    keys += query.keys?.length ?? 0;
    return read(query);
  };
  // The default is 10,000, and at most twice as many are kept.
  for (let at = 0; at < 20_000; at += 1) await find(`guess-${at}`);
  expect(keys).toBe(20_000);
  expect(store.credentials.known(accessKeyId)).toBeUndefined();
  expect((await find(accessKeyId))?.secret).toBe('secret');
});
