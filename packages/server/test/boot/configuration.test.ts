// Settings: what is refused and how it is said, and which source wins.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ConfigurationInput,
  readConfiguration,
} from '../../src/boot/settings/configuration.ts';
import { ConfigurationError } from '../../src/boot/settings/errors.ts';
import { listenAddresses } from '../../src/boot/settings/listen-address.ts';
import { readSettings } from '../../src/boot/settings/read-settings.ts';

const read = (input: ConfigurationInput) => readConfiguration(input, 'osskeep.yaml');
const cert = 'cert.pem';
const key = 'key.pem';

describe('refused, and said where', () => {
  const account = (...ids: string[]) => ({
    id: ids.join(),
    keys: ids.map((id) => ({ id, secret: 's' })),
  });
  test.each<[string, ConfigurationInput, RegExp]>([
    ['a certificate without its key', { tls: { cert } }, /tls: cert needs its key/],
    ['a key without its certificate', { tls: { key } }, /tls: key needs its cert/],
    ['an https address without https', { tls: { listen: ':443' } }, /tls: listen needs a cert/],
    ['no listener at all', { listen: 'off' }, /listen: without plain HTTP the server needs TLS/],
    ['an address that is none', { listen: 'here' }, /"here" is no address/],
    ['an https address that is none', { tls: { cert, key, listen: 'off' } }, /"off" is no address/],
    ['an admin address that is none', { admin: { listen: '1.2.3.4:x' } }, /"1.2.3.4:x" is no addr/],
    [
      'a pattern inside a name',
      { tls: { certificates: [{ cert, key, domains: ['a.*.com'] }] } },
      /tls\.certificates\.0\.domains\.0: must be a domain name, or \*\./,
    ],
    ['a level of parity', { parity: 'loose' as 'strict' }, /parity: /],
    ['a resolver by name', { cnameResolver: ['dns.example.com'] }, /cnameResolver\.0: .*IP:PORT/],
    ['a resolver on port 0', { cnameResolver: ['127.0.0.1:0'] }, /cnameResolver\.0/],
    ['a level of the log', { log: 'loud' as 'info' }, /log: /],
    ['no workers', { workers: 0 }, /workers: /],
    ['half a worker', { workers: 1.5 }, /workers: /],
    ['more workers than any machine has cores for', { workers: 129 }, /workers: .*128/],
    ['a key twice', { accounts: [account('a', 'b'), account('b')] }, /accounts: .*there twice/],
  ])('%s', (_what, input, message) => {
    expect(() => read(input)).toThrow(ConfigurationError);
    expect(() => read(input)).toThrow(message);
    expect(() => read(input)).toThrow(/osskeep\.yaml cannot be used|is no address/);
  });
});

describe('where the listeners listen', () => {
  const at = (host: string, port: number) => ({ host, port });
  test.each<[ConfigurationInput, ReturnType<typeof listenAddresses>]>([
    [{}, { http: at('127.0.0.1', 6770), https: undefined, admin: undefined }],
    [
      { tls: { selfSigned: true } },
      { http: at('127.0.0.1', 6770), https: at('127.0.0.1', 6772), admin: undefined },
    ],
    [
      { listen: '0.0.0.0:80', tls: { cert, key } },
      { http: at('0.0.0.0', 80), https: at('0.0.0.0', 6772), admin: undefined },
    ],
    [
      { listen: '[::1]:0', tls: { certificates: [{ cert, key }] }, admin: { listen: ':9' } },
      { http: at('::1', 0), https: at('::1', 0), admin: at('::', 9) },
    ],
    [
      { listen: 'off', tls: { cert, key } },
      { http: undefined, https: at('127.0.0.1', 6772), admin: undefined },
    ],
    [
      { listen: '127.0.0.1:0', tls: { cert, key, listen: ':443' } },
      { http: at('127.0.0.1', 0), https: at('::', 443), admin: undefined },
    ],
    [
      { tls: { selfSigned: false } },
      { http: at('127.0.0.1', 6770), https: undefined, admin: undefined },
    ],
  ])('%j', (input, addresses) => {
    expect(listenAddresses(read(input))).toEqual(addresses);
  });
});

test('resolvers are addresses with or without a port', () => {
  const cnameResolver = ['127.0.0.1:5353', '10.0.0.1', '[::1]:53', '::1'];
  expect(read({ cnameResolver }).cnameResolver).toEqual(cnameResolver);
});

test('the switches of parity are lenient and off unless somebody says so', () => {
  expect(read({})).toMatchObject({ parity: 'friendly', headOnGetLinks: false, log: 'silent' });
});

describe('sources', () => {
  let folder: string;
  let configFile: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osskeep-settings-'));
    configFile = join(folder, 'osskeep.yaml');
    await writeFile(
      configFile,
      'region: cn-beijing\nlisten: off\ntls:\n  cert: file.pem\n  key: file.key\n' +
        'limits: { bucketsPerAccount: 7 }\ncnames: { a.example.com: first }\n',
    );
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const defaults: ConfigurationInput = {
    region: 'cn-shanghai',
    data: './default',
    admin: { listen: '127.0.0.1:6771' },
  };

  test('the file wins over defaults, what is given over the file', async () => {
    const given = { region: 'cn-hangzhou', data: undefined };
    const { configuration } = await readSettings({ given, configFile, defaults });
    expect(configuration).toMatchObject({
      region: 'cn-hangzhou',
      data: './default',
      listen: 'off',
      admin: { listen: '127.0.0.1:6771' },
    });
  });

  test('groups are joined name by name; other settings replace', async () => {
    const given: ConfigurationInput = {
      tls: { listen: ':8443', selfSigned: true, cert: undefined },
      limits: { objectBytes: 9 },
      cnames: { 'b.example.com': 'second' },
    };
    const { configuration } = await readSettings({ given, configFile, defaults });
    expect(configuration.tls).toEqual({
      listen: ':8443',
      selfSigned: true,
      certificates: [{ cert: 'file.pem', key: 'file.key' }],
    });
    expect(configuration.limits).toMatchObject({ bucketsPerAccount: 7, objectBytes: 9 });
    expect(configuration.cnames).toEqual({ 'b.example.com': 'second' });
  });

  test('a default is nothing that somebody said', async () => {
    const asked = await readSettings({ given: {}, configFile, defaults });
    expect(asked.isSaid('admin', 'listen')).toBe(false);
    expect(asked.isSaid('tls', 'cert')).toBe(true);
    const given = { admin: { listen: '127.0.0.1:6771' } };
    const said = await readSettings({ given, configFile: undefined, defaults });
    expect(said.isSaid('admin', 'listen')).toBe(true);
  });
});
