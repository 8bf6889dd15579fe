// The server's own certificate authority: made once, for its owner alone, never changed in silence.
import { X509Certificate } from 'node:crypto';
import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/boot/settings/errors.ts';
import { openLocalAuthority } from '../../../src/boot/tls/local-authority.ts';
import { loadX509 } from '../../../src/boot/tls/x509.ts';
import { temporaryDirectory } from '../../engines/temporary-directory.ts';

const nowMs = Date.UTC(2026, 5, 1);
const yearMs = 365 * 24 * 60 * 60 * 1000;

test('is an authority for leaves and for nothing else', async () => {
  const { certificate, file } = await openLocalAuthority(undefined, nowMs);
  expect(file).toBeUndefined();
  const parsed = new X509Certificate(certificate);
  expect(parsed.ca).toBe(true);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(parsed.validFromDate.getTime()).toBeLessThan(nowMs);
  expect(parsed.validToDate.getTime()).toBeGreaterThan(nowMs + 9 * yearMs);

  const x509 = await loadX509();
  const { extensions } = new x509.X509Certificate(certificate);
  const basic = extensions.find((found) => found instanceof x509.BasicConstraintsExtension);
  expect(basic).toMatchObject({ ca: true, pathLength: 0, critical: true });
  const usage = extensions.find((found) => found instanceof x509.KeyUsagesExtension);
  expect(usage).toMatchObject({ usages: x509.KeyUsageFlags.keyCertSign, critical: true });
});

test('two have different names', async () => {
  const subjects = await Promise.all(
    [1, 2].map(async () => {
      const { certificate } = await openLocalAuthority(undefined, nowMs);
      return new X509Certificate(certificate).subject;
    }),
  );
  expect(subjects[0]).not.toBe(subjects[1]);
});

test('is kept in its folder, for its owner only', async () => {
  const directory = await temporaryDirectory();
  const folder = join(directory, 'tls');
  const first = await openLocalAuthority(folder, nowMs);
  expect(first.file).toBe(join(folder, 'ca.pem'));
  expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(first.certificate);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await readdir(folder)).sort()).toEqual(['ca.key', 'ca.pem']);
  for (const name of await readdir(folder)) {
    expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600);
  }
  const second = await openLocalAuthority(folder, nowMs + 9 * yearMs);
  expect(second.certificate).toBe(first.certificate);
});

test('is made anew when it has expired, and not before', async () => {
  const directory = await temporaryDirectory();
  const folder = join(directory, 'tls');
  const first = await openLocalAuthority(folder, nowMs);
  const endsMs = new X509Certificate(first.certificate).validToDate.getTime();
  expect((await openLocalAuthority(folder, endsMs - 1)).certificate).toBe(first.certificate);
  const second = await openLocalAuthority(folder, endsMs);
  expect(second.certificate).not.toBe(first.certificate);
  expect((await openLocalAuthority(folder, endsMs)).certificate).toBe(second.certificate);
});

test('a start that ended before the certificate was written leaves nothing in the way', async () => {
  const directory = await temporaryDirectory();
  const folder = join(directory, 'tls');
  await openLocalAuthority(folder, nowMs);
  await rm(join(folder, 'ca.pem'));
  await writeFile(join(folder, 'ca.pem.new'), 'half', { mode: 0o600 });
  const made = await openLocalAuthority(folder, nowMs);
  expect((await openLocalAuthority(folder, nowMs)).certificate).toBe(made.certificate);
  expect((await readdir(folder)).sort()).toEqual(['ca.key', 'ca.pem']);
});

test.each<[string, (folder: string) => Promise<void>, RegExp]>([
  ['the key is gone', (folder) => rm(join(folder, 'ca.key')), /private key in .*ca\.key/],
  [
    'the certificate is damaged',
    (folder) => writeFile(join(folder, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n'),
    /no certificate in .*ca\.pem/,
  ],
  [
    "the key is another's",
    async (folder) => {
      const other = join(folder, 'other');
      await openLocalAuthority(other, nowMs);
      await writeFile(join(folder, 'ca.key'), await readFile(join(other, 'ca.key')));
    },
    /ca\.key is not that of .*ca\.pem/,
  ],
])('when %s, it is not replaced in silence', async (_what, damage, message) => {
  const directory = await temporaryDirectory();
  const folder = join(directory, 'tls');
  await openLocalAuthority(folder, nowMs);
  await damage(folder);
  const opened = openLocalAuthority(folder, nowMs);
  await expect(opened).rejects.toThrow(ConfigurationError);
  await expect(opened).rejects.toThrow(message);
  await expect(opened).rejects.toThrow(/Restore both files .* or delete both/);
});

test('symbolic links planted in the data folder are not followed', async () => {
  const directory = await temporaryDirectory();
  const elsewhere = join(directory, 'elsewhere');
  await openLocalAuthority(elsewhere, nowMs);
  const folder = join(directory, 'tls');
  await symlink(elsewhere, folder);
  await expect(openLocalAuthority(folder, nowMs)).rejects.toThrow(/no symbolic link/);

  await rm(folder);
  await openLocalAuthority(folder, nowMs);
  await rm(join(folder, 'ca.key'));
  await symlink(join(elsewhere, 'ca.key'), join(folder, 'ca.key'));
  await expect(openLocalAuthority(folder, nowMs)).rejects.toThrow(/ca\.key is a symbolic link/);
});
