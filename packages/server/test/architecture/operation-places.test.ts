// Holds the list in docs/ARCHITECTURE.md of what an added operation touches against what the operations there
// are do touch: whoever imports one stands in a place of the list, and each has its own places.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definitions } from '../../../protocol/test/operations/definitions.ts';
import { readSource, root } from './sources.ts';

const page = readFileSync(join(root, 'docs/ARCHITECTURE.md'), 'utf8');
const section = /## How to add an operation\n(.*?)\n## /s.exec(page)?.[1] ?? '';
const places = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, place = '']) => place);

/** `GetBucketTags`: its definition is `getBucketTags`, its files are `get-bucket-tags.ts`. */
const operations = definitions.map(({ name, route }) => {
  const camel = (name[0] ?? '').toLowerCase() + name.slice(1);
  const file = camel.replace(/([A-Z])/g, '-$1').toLowerCase();
  return { name, camel, file, level: route.on };
});

const clientCalls = 'packages/client/src/calls/';
/** Where operations are defined, tested, handled and called; the command line and the core have words of their own. */
const looked = [
  'packages/protocol/src/operations/**/*.ts',
  'packages/protocol/test/operations/fixtures/*/*.ts',
  'packages/server/src/gateway/**/*.ts',
  'packages/server/src/boot/**/*.ts',
  `${clientCalls}*.ts`,
];

/** Browsers ask these by themselves; the client has no call for them. */
const withoutCall: readonly string[] = ['optionBucket', 'optionObject'];

function pattern(place: string, level: string, operation: string): RegExp {
  const text = place
    .replaceAll('.', '\\.')
    .replaceAll('<level>', level)
    .replaceAll('<operation>', operation)
    .replaceAll('<family>', '[a-z-]+');
  return new RegExp(`^${text}$`);
}

describe('the places that the page names', () => {
  test('are there', () => {
    expect(places.length).toBeGreaterThan(8);
    const missing = places.filter((place) => {
      const glob = place.replace(/<\w+>/g, '*');
      return place.includes('<')
        ? globSync(glob, { cwd: root }).length === 0
        : !existsSync(join(root, place));
    });
    expect(missing).toEqual([]);
  });

  test('are at most six that operations on a document share', () => {
    const own = '<operation>';
    const ofHandlers = /gateway\/operations\/<level>\/index/;
    const shared = places.filter((place) => !place.includes(own) && !ofHandlers.test(place));
    // One line of the client's, by its family.
    expect(shared.length).toBeLessThanOrEqual(6);
  });
});

/** Files that import an operation and stand in no place of the list. */
function strangeImporters(importers: readonly Importer[], operation: Asked): string[] {
  const { camel, level, file } = operation;
  return importers
    .filter(({ names }) => names.includes(camel))
    .map((found) => found.file)
    .filter((found) => !places.some((place) => pattern(place, level, file).test(found)));
}

type Asked = Pick<(typeof operations)[number], 'camel' | 'level' | 'file'>;

interface Importer {
  /** From the root. */
  readonly file: string;
  readonly names: readonly string[];
}

describe('each operation', () => {
  const importers: readonly Importer[] = looked
    .flatMap((glob) => globSync(glob, { cwd: root }))
    .map((file) => ({
      file,
      names: readSource(join(root, file)).imports.flatMap(({ names }) => names),
    }));

  test.each(operations)('$name is imported only by these', (operation) => {
    expect(strangeImporters(importers, operation)).toEqual([]);
  });

  test('one that is listed elsewhere is found', () => {
    const file = 'packages/server/src/gateway/steps/authorize.ts';
    const operation = { camel: 'getBucketTags', level: 'bucket', file: 'get-bucket-tags' } as const;
    const made = [...importers, { file, names: ['getBucketTags'] }];
    expect(strangeImporters(made, operation)).toEqual([file]);
  });

  test.each(operations)('$name stands in its own', ({ name, camel, file, level }) => {
    const own = (place: string): string =>
      join(root, place.replaceAll('<level>', level).replaceAll('<operation>', file));
    const text = (place: string): string => readFileSync(own(place), 'utf8');
    expect(existsSync(own('packages/protocol/src/operations/<level>/<operation>.ts'))).toBe(true);
    expect(
      existsSync(own('packages/protocol/test/operations/fixtures/<level>/<operation>.ts')),
    ).toBe(true);
    const line = `export * from './${file}.ts';`;
    expect(text('packages/protocol/src/operations/<level>/index.ts').split(line).length).toBe(2);
    const handlers = ['<operation>', 'documents']
      .map((each) => own(`packages/server/src/gateway/operations/<level>/${each}.ts`))
      .filter(
        (path) => existsSync(path) && readFileSync(path, 'utf8').includes(`${camel}Handler =`),
      );
    expect(handlers).toHaveLength(1);
    const calls = importers.filter(
      (importer) => importer.file.startsWith(clientCalls) && importer.names.includes(camel),
    );
    expect(calls).toHaveLength(withoutCall.includes(camel) ? 0 : 1);
    expect(text('packages/server/test/gateway/census.test.ts').split(`\n  ${name}: `).length).toBe(
      2,
    );
    expect(text('packages/protocol/src/operations/not-built.ts')).not.toContain(`  ${name}: `);
  });
});
