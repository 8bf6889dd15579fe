// The official host name: on the machine that scripts/official-host.sh makes, signing code runs with the
// endpoint https://oss-cn-hangzhou.aliyuncs.com as it stands, and the page's programs with its host.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { because, onlyComplete } from '../../testing/skips.ts';
import { nothingMayBeSkipped } from '../support/python.ts';
import { run } from '../support/run.ts';
import { describeSituations, urls } from './receivers.suite.ts';
import type { Answer, Job, SignatureVersion } from './support/job.ts';
import { internal, type Machine, official, startMachine } from './support/machine.ts';
import { missingOfficialHost, script } from './support/official-host.ts';
import { phpProgramFor, program } from './support/page.ts';
import { receivers } from './support/receivers.ts';
import type { Report, Table } from './support/report.ts';
import { environmentOf, type Signer, sign, signers } from './support/signers.ts';
import { bodyOf, bucket, keys, objects, region, type VersionIds } from './support/stage.ts';
import { isComplete, missing, phpLoader } from './support/toolchain.ts';

const why = missingOfficialHost;

export function describeOfficialHost(report: Report): void {
  const signed = report.table('Signers: endpoint as the page has it', 'signer');
  const received = report.table("Receivers: the page's host name", 'receiver');

  report.noteMissing([{ name: 'Official host name', missing: why }]);

  describe('official host name', () => {
    test('a machine for it can be made', ({ skip }) => {
      if (why !== undefined && !nothingMayBeSkipped) skip(why);
      expect(why).toBeUndefined();
    });

    test.each([
      ['no command', ['--bucket', 'examplebucket'], 'no command; write it after --'],
      ['the command without --', ['curl'], '"curl" is no option; write -- before the command'],
      ['an option that is none', ['--bukket', 'examplebucket', '--', 'true'], 'no option --bukket'],
      ['a certificate without its key', ['--cert', 'c.pem', '--', 'true'], '--cert needs --key'],
      ['a domain without a bucket', ['--cname', 'a.test', '--', 'true'], 'needs DOMAIN=BUCKET'],
    ])('the script says what is wrong with %s', async (_what, args, message) => {
      const done = await run('bash', [script, ...args]);
      expect(done.stderr).toContain(message);
      expect(done.status).toBe(2);
    });

    const notHere = why ?? (isComplete ? undefined : onlyComplete);
    test.skipIf(notHere)(`the script ends as its command does${because(notHere)}`, async () => {
      const done = await run('bash', [script, '--', 'sh', '-c', 'echo done; exit 7']);
      expect(done).toMatchObject({ status: 7, stdout: 'done\n' });
    });

    describe.skipIf(why)(`on its machine${because(why)}`, () => {
      let machine: Machine;

      beforeAll(async () => {
        machine = await startMachine();
      }, 120_000);

      afterAll(() => machine?.stop());

      describe.each(isComplete ? signers : signers.slice(0, 1))('$name', (signer) => {
        describeSigner(signer, signed, () => machine);
      });
      if (isComplete) describePhpPrograms(signed, () => machine);

      describe.each(isComplete ? receivers : receivers.slice(0, 1))('$name', (receiver) => {
        const situations = isComplete ? ['saves the bytes', 'expired'] : ['saves the bytes'];
        describeSituations(receiver, situations, received, async (situation) => {
          const { platform, folder } = machine;
          const url = (await urls[situation]?.(official)) ?? '';
          expect(url).toMatch(/^https:\/\/examplebucket\.oss-cn-hangzhou\.aliyuncs\.com\/example/);
          return receiver.receive(platform, url, join(folder, receiver.program, situation));
        });
      });
    });
  });
}

type Wish = Pick<Job, 'endpoint' | 'key' | 'versionId' | 'cname'>;

const endpoints: Readonly<Record<string, (versionIds: VersionIds) => Wish>> = {
  'oss-cn-hangzhou': () => ({ endpoint: official, key: objects.plain }),
  'oss-cn-hangzhou-internal': () => ({ endpoint: internal, key: objects.plain }),
  'one version': ({ versioned: versionId }) => ({
    endpoint: official,
    key: objects.versioned,
    versionId,
  }),
  'http://static.example.com': () => ({
    endpoint: 'http://static.example.com',
    cname: true,
    key: objects.plain,
  }),
};

function describeSigner(signer: Signer, table: Table, machine: () => Machine): void {
  const versions = signer.versions.filter((version) => isComplete || version === 'V4');
  const cells = versions.flatMap((version) =>
    Object.keys(endpoints).map((situation) => ({ version, situation })),
  );
  const row = (version: SignatureVersion): string => `${signer.name}, ${version}`;
  const skipped = signer.missing !== undefined;
  for (const { version, situation } of cells) {
    table.set(row(version), situation, skipped ? 'skipped' : 'not run');
  }
  const jobOf = (version: SignatureVersion, situation: string): Job => {
    const wish = endpoints[situation]?.(machine().versionIds);
    if (wish === undefined) throw new Error(`no situation ${situation}`);
    const id = `${version} ${situation}`;
    const credentials = signer.noSuchCall?.includes('environment') ? keys.given : undefined;
    return {
      id,
      signatureVersion: version,
      region,
      bucket,
      expiresSeconds: 600,
      credentials,
      ...wish,
    };
  };

  if (skipped) {
    test.skip(`signs${because(signer.missing)}`);
    return;
  }
  describe('signs', () => {
    let answers: ReadonlyMap<string, Answer>;

    beforeAll(async () => {
      const jobs = cells.map(({ version, situation }) => jobOf(version, situation));
      answers = await sign(machine().platform.run, signer, jobs, keys.environment);
    });

    test.each(cells)('$version, $situation', async ({ version, situation }) => {
      await table.cell(row(version), situation, async () => {
        const job = jobOf(version, situation);
        const { url, error } = answers.get(job.id) ?? { error: 'no answer' };
        if (url === undefined) throw new Error(`no URL: ${error}`);
        const { protocol, host } = new URL(job.endpoint);
        const prefix = job.cname === true ? host : `${bucket}.${host}`;
        expect(url.startsWith(`${protocol}//${prefix}/${job.key}?`), url).toBe(true);
        expect(await fetched(machine(), url)).toEqual(bodyOf(bucket, job.key));
        return 'yes';
      });
    });
  });
}

/** The page's signing programs, as they stand but for the id of the version. */
function describePhpPrograms(table: Table, machine: () => Machine): void {
  const texts: Readonly<Record<string, (versionIds: VersionIds) => string>> = {
    'oss-cn-hangzhou': () => program('php'),
    'one version': ({ plain }) => phpProgramFor(plain),
    'http://static.example.com': () => program('php-domain'),
  };
  const situations = Object.keys(texts);
  const row = "the page's PHP programs, V4";
  const why = missing.phpSdk;
  for (const situation of Object.keys(endpoints)) table.set(row, situation, 'not on the page');
  for (const situation of situations) {
    table.set(row, situation, why === undefined ? 'not run' : 'skipped');
  }

  if (why !== undefined) {
    test.skip(`the page's PHP programs${because(why)}`);
    return;
  }
  test.each(situations)("the page's PHP program, %s", async (situation) => {
    await table.cell(row, situation, async () => {
      const { folder, platform, versionIds } = machine();
      // The programs look for the SDK where they lie among its samples.
      const samples = join(folder, 'php/samples');
      mkdirSync(samples, { recursive: true });
      writeFileSync(join(folder, 'php/autoload.php'), `<?php require_once '${phpLoader}';\n`);
      const file = join(samples, 'sign.php');
      writeFileSync(file, texts[situation]?.(versionIds) ?? '');
      const done = await platform.run('php', [file], { env: environmentOf(keys.environment) });
      expect(done.stdout + done.stderr).toMatch(/^https?:\/\/\S+\n$/);
      expect(await fetched(machine(), done.stdout.trim())).toEqual(bodyOf(bucket, objects.plain));
      return 'yes';
    });
  });
}

async function fetched({ platform, folder }: Machine, url: string): Promise<Buffer> {
  const file = join(folder, 'fetched');
  const done = await platform.run('curl', ['--silent', '--show-error', '--fail', '-o', file, url]);
  expect(done.stderr).toBe('');
  return readFileSync(file);
}
