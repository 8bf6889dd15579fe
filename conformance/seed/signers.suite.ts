// The signers: every official SDK, in every situation of the page, each URL downloaded and its bytes
// compared.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { because } from '../../testing/skips.ts';
import { hardNames } from '../support/names.ts';
import { nothingMayBeSkipped } from '../support/python.ts';
import { run } from '../support/run.ts';
import { type Downloaded, download } from './support/download.ts';
import type { Answer, Job, SignatureVersion } from './support/job.ts';
import type { Report, Table } from './support/report.ts';
import { type SeedServer, startSeedServer } from './support/server.ts';
import { type Signer, sign, signers } from './support/signers.ts';
import { bodyOf, bucket, domain, keys, objects, otherDomain, region } from './support/stage.ts';
import { isComplete, missingPrograms, seed } from './support/toolchain.ts';

type Wish = Omit<Job, 'id' | 'signatureVersion' | 'region' | 'bucket' | 'expiresSeconds'>;

interface Scenario {
  readonly wishes: (at: SeedServer) => readonly Wish[];
  /** What holds besides: the URL gives the bytes. */
  readonly check?: (url: URL, wish: Wish, at: SeedServer) => Promise<void> | void;
}

const credentials = keys.given;

/** Host names, not addresses: some SDKs name no bucket in URLs of an address. */
function named(endpoint: string): string {
  return endpoint.replace('//127.0.0.1', '//localhost');
}

const scenarios: Readonly<Record<string, Scenario>> = {
  plain: {
    wishes: ({ http }) => [{ endpoint: named(http), key: objects.plain, credentials }],
    check: (url) => expect(url.protocol).toBe('http:'),
  },
  'hard names': {
    wishes: ({ http }) => hardNames.map((key) => ({ endpoint: named(http), key, credentials })),
  },
  'one version, a newer put since': {
    wishes: ({ http, versionIds: { versioned: versionId } }) => [
      { endpoint: named(http), key: objects.versioned, versionId, credentials },
    ],
    check: oneVersion,
  },
  'one version, deleted since': {
    wishes: ({ http, versionIds: { deleted: versionId } }) => [
      { endpoint: named(http), key: objects.deleted, versionId, credentials },
    ],
    check: oneVersion,
  },
  'custom domain': {
    wishes: ({ server }) => {
      const endpoint = `http://${domain}:${server.port}`;
      return [{ endpoint, cname: true, key: objects.plain, credentials }];
    },
    check: coversBucket,
  },
  https: {
    wishes: ({ https }) => [{ endpoint: named(https), key: objects.plain, credentials }],
    check: (url) => expect(url.protocol).toBe('https:'),
  },
  environment: {
    wishes: ({ http }) => [{ endpoint: named(http), key: objects.plain }],
    check: (url) => expect(url.search).toContain(keys.environment.accessKeyId),
  },
  'temporary credentials': {
    wishes: ({ http }) => [
      { endpoint: named(http), key: objects.plain, credentials: keys.temporary },
    ],
    check: tokenInUrl,
  },
};

function oneVersion(url: URL, { versionId }: Wish): void {
  expect(url.searchParams.get('versionId')).toBe(versionId);
}

/** The same link on the domain of another bucket, which has an object of that name. */
async function coversBucket(url: URL): Promise<void> {
  expect(url.hostname).toBe(domain);
  const elsewhere = url.href.replace(domain, otherDomain);
  const refused = await download(elsewhere);
  expect(refused.status).toBe(403);
  expect(refused.body.toString()).toContain('<Code>SignatureDoesNotMatch</Code>');
}

async function tokenInUrl(url: URL): Promise<void> {
  const { securityToken } = keys.temporary;
  const isToken = ([name, value]: readonly [string, string]): boolean =>
    /^(x-oss-)?security-token$/.test(name) && value === securityToken;
  expect([...url.searchParams].filter(isToken)).toHaveLength(1);
}

const wanted = Object.keys(scenarios).filter((name) => isComplete || name === 'plain');

function jobsOf(at: SeedServer, version: SignatureVersion, scenario: string): Job[] {
  const wishes = scenarios[scenario]?.wishes(at) ?? [];
  return wishes.map((wish, index) => ({
    id: `${version} ${scenario} ${index}`,
    signatureVersion: version,
    region,
    bucket,
    expiresSeconds: 600,
    ...wish,
  }));
}

/** The bytes the object had when its link was made: all links are to first versions. */
function expectBytes(found: Downloaded, key: string): void {
  expect(found.status, found.body.toString('latin1').slice(0, 600)).toBe(200);
  expect(found.body.equals(bodyOf(bucket, key))).toBe(true);
}

export function describeSigners(report: Report): void {
  const table = report.table('Signers: each URL downloaded, bytes compared', 'signer');
  report.noteMissing(signers);
  report.note(
    'PHP SDK V1: what it signed, V1 and V4, is replayed over sockets at the time it was signed by ' +
      'packages/server/test/gateway/replay.test.ts.',
  );

  describe('signers', () => {
    let at: SeedServer;

    beforeAll(async () => {
      at = await startSeedServer();
    });

    afterAll(() => at?.server.stop());

    describe.each(signers)('$name', (signer) => {
      describeSigner(signer, table, () => at);
    });

    const noPhp = missingPrograms('php');

    // All that can be said of it on a machine without the SDK, which no registry here has.
    const noParser = nothingMayBeSkipped ? undefined : noPhp;
    test.skipIf(noParser)(`the PHP program parses${because(noParser)}`, async () => {
      const done = await run('php', ['-l', `${seed}/php/sign-url.php`]);
      expect(done.stdout).toContain('No syntax errors');
    });
  });
}

function describeSigner(signer: Signer, table: Table, server: () => SeedServer): void {
  const versions = signer.versions.filter((version) => isComplete || version === 'V4');
  const cells = versions.flatMap((version) => wanted.map((scenario) => ({ version, scenario })));
  const row = (version: SignatureVersion): string => `${signer.name}, ${version}`;
  const why = signer.missing;
  for (const { version, scenario } of cells) {
    table.set(row(version), scenario, why === undefined ? 'not run' : 'skipped');
  }

  test('is here', ({ skip }) => {
    if (why !== undefined && (!nothingMayBeSkipped || signer.mayBeMissing === true)) skip(why);
    expect(why).toBeUndefined();
  });

  if (why !== undefined) return;
  describe('signs', () => {
    let answers: ReadonlyMap<string, Answer>;

    beforeAll(async () => {
      const jobs = cells.flatMap(({ version, scenario }) => jobsOf(server(), version, scenario));
      answers = await sign(run, signer, jobs, keys.environment);
    });

    test.each(cells)('$version, $scenario', async ({ version, scenario }) => {
      await table.cell(row(version), scenario, async () => {
        const jobs = jobsOf(server(), version, scenario);
        const given = jobs.map(({ id }) => answers.get(id));
        if (signer.noSuchCall?.includes(scenario) === true) {
          expect(given.every((answer) => answer?.noSuchCall !== undefined)).toBe(true);
          return 'SDK has no such call';
        }
        for (const job of jobs) {
          const { url, error, noSuchCall } = answers.get(job.id) ?? { error: 'no answer' };
          if (url === undefined) throw new Error(`no URL: ${error ?? noSuchCall}`);
          expectBytes(await download(url, { ca: server().ca }), job.key);
          await scenarios[scenario]?.check?.(new URL(url), job, server());
        }
        return 'yes';
      });
    });
  });
}
