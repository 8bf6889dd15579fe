// What the programs of a platform need to trust the certificate of a server in this process, without
// anything of the machine being changed.
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../support/run.ts';
import type { Platform } from './receivers.ts';
import { missing } from './toolchain.ts';

async function must(program: string, args: readonly string[]): Promise<void> {
  const done = await run(program, args);
  if (done.status !== 0) throw new Error(`${program}: ${done.stdout}${done.stderr}`);
}

/** A trust store of each kind, in `folder`. */
export async function platformTrusting(ca: string, folder: string): Promise<Platform> {
  const file = join(folder, 'ca.pem');
  writeFileSync(file, ca);
  const java: string[] = [];
  if (missing.jdk === undefined) {
    const store = join(folder, 'trust.p12');
    const password = 'only-certificates';
    const into = ['-keystore', store, '-storepass', password];
    await must('keytool', ['-importcert', '-noprompt', '-alias', 'test', '-file', file, ...into]);
    java.push(`-Djavax.net.ssl.trustStore=${store}`);
    java.push(`-Djavax.net.ssl.trustStorePassword=${password}`);
  }
  const home = join(folder, 'home');
  if (missing.chromium === undefined) {
    const database = `sql:${join(home, '.pki/nssdb')}`;
    await mkdir(join(home, '.pki/nssdb'), { recursive: true });
    await must('certutil', ['-d', database, '-N', '--empty-password']);
    await must('certutil', ['-d', database, '-A', '-n', 'test', '-t', 'C,,', '-i', file]);
  }
  return {
    run,
    env: {
      CURL_CA_BUNDLE: file,
      REQUESTS_CA_BUNDLE: file,
      SSL_CERT_FILE: file,
      NODE_EXTRA_CA_CERTS: file,
    },
    java,
    browser: { flags: [], home },
  };
}
