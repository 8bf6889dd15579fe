// Certificates that configuration names: which name gets which, and what a changed file does.
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../../src/boot/log.ts';
import { ConfigurationError } from '../../../src/boot/settings/errors.ts';
import { FileCertificates } from '../../../src/boot/tls/file-certificates.ts';
import type { CertificateSetting } from '../../../src/boot/tls/tls-settings.ts';
import { temporaryDirectory } from '../../engines/temporary-directory.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { LogLines } from '../../support/log-lines.ts';

type Pair = Required<Pick<CertificateSetting, 'cert' | 'key'>>;

function pairFor(...names: string[]): Pair {
  const { certificate, privateKey } = makeCertificate(...names);
  return { cert: certificate, key: privateKey };
}

const a = pairFor('a.example.com', '*.wild.example.com');
const b = pairFor('b.example.com', 'one.wild.example.com');

/** Looks at its files with every handshake. */
async function open(
  settings: readonly CertificateSetting[],
): Promise<{ files: FileCertificates; log: LogLines }> {
  const log = new LogLines();
  const files = new FileCertificates(createLog('info', log), 0);
  (await files.prepare(settings))();
  return { files, log };
}

describe('which name gets which', () => {
  test('PEM text: those the certificate is for', async () => {
    const { files } = await open([a, b]);
    const found = async (name: string) => (await files.find(name))?.cert;
    expect(await found('a.example.com')).toBe(a.cert);
    expect(await found('b.example.com')).toBe(b.cert);
    expect(await found('two.wild.example.com')).toBe(a.cert);
    // A whole name is nearer than a pattern, whatever comes first.
    expect(await found('one.wild.example.com')).toBe(b.cert);
    expect(await found('wild.example.com')).toBeUndefined();
    expect(await found('x.two.wild.example.com')).toBeUndefined();
    expect(await found('example.com')).toBeUndefined();
    expect(await found('com')).toBeUndefined();
    expect((await files.first())?.cert).toBe(a.cert);
  });

  test('domains: those, and no others; a warning where the certificate is not for them', async () => {
    const domains = ['a.example.com', '*.wild.example.com', 'c.example.com'];
    const { files, log } = await open([{ domains, cert: a.cert, key: a.key }]);
    expect((await files.find('c.example.com'))?.cert).toBe(a.cert);
    expect((await files.find('two.wild.example.com'))?.cert).toBe(a.cert);
    expect(log.all).toMatchObject([
      { level: 40, domain: 'c.example.com', msg: 'certificate is not for this domain' },
    ]);
  });

  test('the first of two for the same name', async () => {
    const again = pairFor('a.example.com');
    const { files } = await open([a, again]);
    expect((await files.find('a.example.com'))?.cert).toBe(a.cert);
  });
});

describe('refused', () => {
  const encrypted = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  }) as string;
  const weak = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string;
  test.each<[string, () => CertificateSetting, RegExp]>([
    [
      'no such file',
      () => ({ cert: '/no/such.pem', key: a.key }),
      /\/no\/such\.pem cannot be read/,
    ],
    ['no certificate', () => ({ cert: a.key, key: a.key }), /no certificate in the cert text/],
    ['no key', () => ({ cert: a.cert, key: a.cert }), /private key in the key text .*must be PEM/],
    ["another's key", () => ({ cert: a.cert, key: b.key }), /is not that of the certificate/],
    ['a weak key', () => ({ cert: a.cert, key: weak }), /is not that of the certificate/],
    ['an encrypted key', () => ({ cert: a.cert, key: encrypted }), /It is encrypted/],
  ])('%s', async (_what, setting, message) => {
    await expect(open([setting()])).rejects.toThrow(ConfigurationError);
    await expect(open([setting()])).rejects.toThrow(message);
  });

  test('others are not taken when one of them cannot be used', async () => {
    const { files } = await open([a]);
    const worse = [b, { cert: a.cert, key: b.key }];
    await expect(files.prepare(worse)).rejects.toThrow(ConfigurationError);
    expect((await files.first())?.cert).toBe(a.cert);
    (await files.prepare([b]))();
    expect((await files.first())?.cert).toBe(b.cert);
    expect(await files.find('a.example.com')).toBeUndefined();
  });
});

describe('a changed file', () => {
  test('counts; a broken one keeps the old certificate and is said once', async () => {
    const directory = await temporaryDirectory();
    const cert = join(directory, 'cert.pem');
    const key = join(directory, 'key.pem');
    const write = async (from: Pair): Promise<void> => {
      await writeFile(cert, from.cert);
      await writeFile(key, from.key);
    };
    await write(a);
    const { files, log } = await open([{ cert, key }]);
    expect((await files.first())?.cert).toBe(a.cert);
    expect(log.all).toEqual([]);

    await write(b);
    expect((await files.find('b.example.com'))?.cert).toBe(b.cert);
    expect(await files.find('a.example.com')).toBeUndefined();
    expect((await files.first())?.cert).toBe(b.cert);
    expect(log.of('info')).toEqual(['certificate renewed']);

    await writeFile(key, a.key);
    expect((await files.first())?.cert).toBe(b.cert);
    expect((await files.find('b.example.com'))?.key).toBe(b.key);
    expect(log.of('error')).toEqual(['certificate not renewed; the old one stays']);
    expect(log.all.at(-1)).toMatchObject({ file: cert, why: expect.stringContaining(key) });

    await rm(cert);
    expect((await files.first())?.cert).toBe(b.cert);
    expect((await files.first())?.cert).toBe(b.cert);
    expect(log.of('error')).toHaveLength(2);

    await write(a);
    expect((await files.first())?.cert).toBe(a.cert);
    expect(JSON.stringify(log.all)).not.toContain('PRIVATE');
  });

  test('that is written in pieces ends well', async () => {
    const directory = await temporaryDirectory();
    const cert = join(directory, 'cert.pem');
    await writeFile(cert, a.cert);
    const { files } = await open([{ cert, key: a.key }]);
    // Another chain of the same leaf: the key stays.
    const leafOnly = `${new X509Certificate(a.cert).toString()}\n\n`;
    await writeFile(cert, leafOnly.slice(0, 100));
    expect((await files.first())?.cert).toBe(a.cert);
    await writeFile(cert, leafOnly);
    expect((await files.first())?.cert).toBe(leafOnly);
  });
});
