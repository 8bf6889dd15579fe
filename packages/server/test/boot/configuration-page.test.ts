// docs/configuration.md: its example is a configuration, and it has every setting that there is and no other.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configurationSchema, readConfiguration } from '../../src/boot/settings/configuration.ts';
import { keepFixed } from '../../src/boot/settings/reload.ts';

const page = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
const example: unknown = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '');

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** `tls.certificates[].cert`. */
function settingsIn({ properties, items }: JsonSchema, at = ''): string[] {
  if (properties !== undefined) {
    const dot = at === '' ? '' : '.';
    return Object.entries(properties).flatMap(([name, inner]) =>
      settingsIn(inner, `${at}${dot}${name}`),
    );
  }
  return items?.properties === undefined ? [at] : settingsIn(items, `${at}[]`);
}

function settingsOf(value: unknown, at = ''): string[] {
  // A list, or a map by the user's own names, is a value.
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
    return value.flatMap((item) => settingsOf(item, `${at}[]`));
  }
  if (Array.isArray(value) || typeof value !== 'object' || value === null || at === 'cnames') {
    return [at];
  }
  const dot = at === '' ? '' : '.';
  return Object.entries(value).flatMap(([name, inner]) => settingsOf(inner, `${at}${dot}${name}`));
}

const schema = z.toJSONSchema(configurationSchema, { io: 'input', unrepresentable: 'any' });
const settings = settingsIn(schema as JsonSchema).sort();
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, names = '', , when = ''] = line.split(/ ?\| ?/);
    return { names: [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name), when };
  });

test('every setting has its row, and every row its setting', () => {
  expect(settings.length).toBeGreaterThan(25);
  expect(rows.flatMap(({ names }) => names).sort()).toEqual(settings);
});

test('the example can be used, and has every setting', () => {
  expect(() => readConfiguration(example, 'the page')).not.toThrow();
  expect([...new Set(settingsOf(example))].sort()).toEqual(settings);
});

test('what a reload leaves as it was is what the page says', () => {
  const old = readConfiguration(example, 'the page');
  const next = readConfiguration(
    {
      ...(example as object),
      listen: '127.0.0.1:7770',
      data: '/srv/other',
      workers: 3,
      region: 'cn-beijing',
      log: 'warn',
      admin: { listen: '127.0.0.1:7771' },
      tls: { listen: '0.0.0.0:7772', selfSigned: true, cert: 'a', key: 'b' },
      domains: [],
      publicEndpoint: 'https://other.example.com',
      cnames: {},
      cnameResolver: [],
      defaultBucket: 'other-bucket',
      blockPublicAccess: false,
      v4Only: [],
      headOnGetLinks: true,
      fastPath: false,
      parity: 'strict',
      accounts: [],
      limits: {
        bucketsPerAccount: 5,
        objectBytes: 5,
        cacheBytes: 5,
        knownRecords: 5,
        uploadBufferBytes: 5,
      },
    },
    'the other',
  );
  const kept = rows.filter(({ when }) => when === 'start').flatMap(({ names }) => names);
  expect([...keepFixed(old, next).ignored].sort()).toEqual(kept.sort());
});
