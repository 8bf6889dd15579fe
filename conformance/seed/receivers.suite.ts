// The receivers: the page's programs as printed, on signed URLs that work, that have expired and that were
// changed. What each saves is compared byte by byte, and each must say what the page has it say.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OssClient } from '@osskeep/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { because } from '../../testing/skips.ts';
import { nothingMayBeSkipped } from '../support/python.ts';
import { type Platform, type Received, type Receiver, receivers } from './support/receivers.ts';
import type { Report, Table } from './support/report.ts';
import { type SeedServer, startSeedServer } from './support/server.ts';
import { bodyOf, bucket, keys, objects, region } from './support/stage.ts';
import { isComplete } from './support/toolchain.ts';
import { platformTrusting } from './support/trust.ts';

const expires = 600;
/** A name that URLs get wrong. */
const hardKey = 'plus+sign.txt';

/** A link made `agoMs` ago. */
export async function link(endpoint: string, key: string, agoMs = 0): Promise<string> {
  const clock = { now: () => Date.now() - agoMs, monotonic: () => performance.now() };
  const client = new OssClient({ endpoint, region, bucket, credentials: keys.given, clock });
  return (await client.presign('GET', key, { expires })).url;
}

/** The last digit of the signature is another. */
function changed(url: string): string {
  return url.replace(/(x-oss-signature=[0-9a-f]+)([0-9a-f])/, (_, kept: string, digit: string) =>
    kept.concat(digit === '0' ? '1' : '0'),
  );
}

export const urls: Readonly<Record<string, (endpoint: string) => Promise<string>>> = {
  'saves the bytes': (endpoint) => link(endpoint, objects.plain),
  'key with +': (endpoint) => link(endpoint, hardKey),
  expired: (endpoint) => link(endpoint, objects.plain, (expires + 60) * 1000),
  'signature changed': async (endpoint) => changed(await link(endpoint, objects.plain)),
};

const codes: Readonly<Record<string, string>> = {
  expired: '<Code>AccessDenied</Code><Message>Request has expired.</Message>',
  'signature changed': '<Code>SignatureDoesNotMatch</Code>',
};

export function expectReceived(receiver: Receiver, situation: string, received: Received): void {
  const { saved, said } = received;
  const code = codes[situation];
  if (code === undefined) {
    const key = situation === 'key with +' ? hardKey : objects.plain;
    expect(said).toContain(receiver.says.done ?? '');
    expect(saved?.equals(bodyOf(bucket, key)), said).toBe(true);
    return;
  }
  expect(said).toContain(receiver.says.refused ?? '');
  // The page's Java program says so after a refusal, too.
  if (receiver.program !== 'java') expect(said).not.toContain('Download completed!');
  // curl, as the page calls it, saves the refusal.
  if (receiver.program === 'curl') expect(saved?.toString()).toContain(code);
  else expect(saved).toBeUndefined();
}

export function describeReceivers(report: Report): void {
  const title = "Receivers: the page's programs as printed";
  const situations = Object.keys(urls).filter((_, index) => isComplete || index === 0);
  const table = report.table(title, 'receiver', situations);
  report.noteMissing(receivers);
  report.note("Objective-C: not run. It needs Apple's Foundation; the program is kept in page/.");

  describe('receivers', () => {
    let at: SeedServer;
    let folder: string;
    let platform: Platform;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'osskeep-seed-'));
      at = await startSeedServer();
      platform = await platformTrusting(at.ca, folder);
    });

    afterAll(async () => {
      rmSync(folder, { recursive: true, force: true });
      await at?.server.stop();
    });

    describe.each(receivers)('$name', (receiver) => {
      test('is here', ({ skip }) => {
        if (receiver.missing !== undefined && !nothingMayBeSkipped) skip(receiver.missing);
        expect(receiver.missing).toBeUndefined();
      });
      describeSituations(receiver, situations, table, async (situation) => {
        const url = (await urls[situation]?.(at.https)) ?? '';
        return receiver.receive(platform, url, join(folder, receiver.program, situation));
      });
    });

    describeResolverFlags(table, () => ({ at, folder, platform }));

    test('Objective-C is not run', ({ skip }) => {
      table.set('Objective-C', 'saves the bytes', 'not run');
      skip("needs Apple's Foundation");
    });
  });
}

export function describeSituations(
  receiver: Receiver,
  situations: readonly string[],
  table: Table,
  receive: (situation: string) => Promise<Received>,
  column: (situation: string) => string = (situation) => situation,
): void {
  const skipped = receiver.missing !== undefined;
  for (const situation of situations) {
    table.set(receiver.name, column(situation), skipped ? 'skipped' : 'not run');
  }
  if (skipped) {
    test.skip(`receives${because(receiver.missing)}`);
    return;
  }
  test.each(situations)(
    '%s',
    async (situation) => {
      await table.cell(receiver.name, column(situation), async () => {
        expectReceived(receiver, situation, await receive(situation));
        return 'yes';
      });
    },
    120_000,
  );
}

/** The two clients that can be told where a name is, on the official name, without a machine made for it. */
function describeResolverFlags(
  table: Table,
  server: () => { at: SeedServer; folder: string; platform: Platform },
): void {
  const column = 'official name by resolver flags';
  const official = `https://oss-${region}.aliyuncs.com`;
  const wanted = receivers.filter(({ program }) => program === 'curl' || program === 'browser');
  for (const receiver of receivers) {
    table.set(receiver.name, column, wanted.includes(receiver) ? 'not run' : 'client has none');
  }

  describe.each(isComplete ? wanted : wanted.slice(0, 1))(
    '$name with resolver flags',
    (receiver) => {
      describeSituations(
        receiver,
        ['saves the bytes'],
        table,
        async (situation) => {
          const { at, folder, platform } = server();
          const place = join(folder, receiver.program, 'flags');
          const { hostname, port } = new URL(at.https);
          const flagged = withResolverFlags(platform, `${hostname}:${port}`, place);
          return receiver.receive(flagged, (await urls[situation]?.(official)) ?? '', place);
        },
        () => column,
      );
    },
  );
}

/** curl reads options of every call from a file, so that the page's line stays as it is. */
function withResolverFlags(platform: Platform, address: string, folder: string): Platform {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.curlrc'), `connect-to = "::${address}"\n`);
  const rules = `MAP *.aliyuncs.com ${address}`;
  return {
    ...platform,
    env: { ...platform.env, CURL_HOME: folder },
    browser: { ...platform.browser, flags: [`--host-resolver-rules=${rules}`] },
  };
}
