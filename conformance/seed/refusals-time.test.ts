// Links and time: the first and the last second of a link, what it says before and after, how long it may
// live, and a download that its end overtakes.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { because } from '../../testing/skips.ts';
import {
  expectRefused,
  expired,
  expiresOutOfRange,
  notYetValid,
  tokenEndedLink,
} from './refusals-expected.ts';
import { signers } from './refusals-links.ts';
import {
  bodyOf,
  keys,
  type Link,
  lifeOf,
  nameOf,
  objects,
  type SendOptions,
  type Stage,
  startStage,
} from './refusals-stage.ts';
import { bucket } from './support/stage.ts';

/** More than sockets hold, so that the server cannot be done before its reader is. */
const large = { key: 'large.bin', bytes: Buffer.alloc(48 * 2 ** 20, 'osskeep downloads ') };

let folder: string;
let stage: Stage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'osskeep-refusals-'));
  stage = await startStage({ data: folder });
  await stage.client.putObject(large.key, large.bytes);
});

beforeEach(() => stage.resetClock());

afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(signers.map((signer) => [signer.name, signer] as const))('%s', (_name, signer) => {
  const { version } = signer;

  /** Asks at a moment. */
  function at(ms: number, link: Link, options?: SendOptions) {
    stage.clock.set(ms);
    return stage.send(link, options);
  }

  describe.skipIf(signer.missing)(`a link${because(signer.missing)}`, () => {
    test('works to its last second and is refused from the next', async () => {
      const link = await stage.link(signer);
      const { endMs } = lifeOf(link);
      const body = bodyOf(bucket, objects.plain);
      for (const ms of [stage.nowMs, endMs - 1000, endMs]) {
        const response = await at(ms, link);
        expect([response.status, response.text]).toEqual([200, body]);
      }
      for (const afterS of [1, 60, 86_400, 20 * 365 * 86_400]) {
        const ms = endMs + afterS * 1000;
        expectRefused(await at(ms, link), link, expired(version, endMs, ms));
      }
    });

    test('says so on HEAD too', async () => {
      const link = await stage.link(signer, { method: 'HEAD' });
      const { endMs } = lifeOf(link);
      expect((await at(endMs, link, { method: 'HEAD' })).status).toBe(200);
      const refusal = await at(endMs + 1000, link, { method: 'HEAD' });
      expect(refusal.headers.has('x-oss-err')).toBe(true);
      expectRefused(refusal, link, expired(version, endMs, endMs + 1000));
    });

    test('says so whatever else is wrong with it', async () => {
      const made = await stage.link(signer);
      const { endMs } = lifeOf(made);
      const ms = endMs + 1000;
      const added = { ...made, query: [...made.query, 'acl'] };
      for (const link of [{ ...made, path: '/missing.txt' }, added]) {
        for (const method of ['GET', 'PUT', 'HEAD']) {
          expectRefused(await at(ms, link, { method }), link, expired(version, endMs, ms));
        }
      }
    });

    test('to an object that is not there says that it has ended', async () => {
      const link = await stage.link(signer, { key: objects.missing });
      const { endMs } = lifeOf(link);
      const ms = endMs + 1000;
      expectRefused(await at(ms, link), link, expired(version, endMs, ms));
    });

    test('may live for seven days, far beyond the 32,400 seconds of the console', async () => {
      const link = await stage.link(signer, { seconds: 604_800 });
      const { endMs } = lifeOf(link);
      expect(endMs - stage.nowMs).toBeGreaterThan(604_000_000);
      for (const ms of [stage.nowMs + 32_401_000, endMs]) {
        expect((await at(ms, link)).status).toBe(200);
      }
      const ms = endMs + 1000;
      expectRefused(await at(ms, link), link, expired(version, endMs, ms));
    });

    test('with a token', async () => {
      const link = await stage.link(signer, { seconds: 604_800, keys: keys.temporary });
      const { startMs, endMs } = lifeOf(link);
      const endsMs = startMs === undefined ? endMs : startMs + 43_200_000;
      expect((await at(endsMs, link)).status).toBe(200);
      const ms = endsMs + 1000;
      const hint = version === 'V4' ? tokenEndedLink : undefined;
      expectRefused(await at(ms, link), link, expired(version, endsMs, ms, hint));
    });

    const hasStart = version === 'V4';
    if (hasStart) {
      test('is refused more than 15 minutes before its start', async () => {
        const link = await stage.link(signer);
        const { startMs = 0, endMs } = lifeOf(link);
        expect((await at(startMs - 900_000, link)).status).toBe(200);
        for (const beforeS of [901, 86_400]) {
          const ms = startMs - beforeS * 1000;
          expectRefused(await at(ms, link), link, notYetValid(endMs, ms));
        }
        const head = await stage.link(signer, { method: 'HEAD' });
        const early = (lifeOf(head).startMs ?? 0) - 901_000;
        const response = await at(early, head, { method: 'HEAD' });
        expectRefused(response, head, notYetValid(lifeOf(head).endMs, early));
      });

      test.each(['0', '604801', '-1', '1.5', '6e2', ' 600', '99999999999999'])(
        'is refused with a lifetime of %s',
        async (given) => {
          const made = await stage.link(signer);
          const query = made.query.map((item) =>
            nameOf(item) === 'x-oss-expires' ? `x-oss-expires=${encodeURIComponent(given)}` : item,
          );
          const link = { ...made, query };
          expectRefused(await stage.send(link), link, expiresOutOfRange(given));
        },
      );
    }
  });
});

test('ali-oss signs longer lives than the service takes', async () => {
  const signer = signers.find(({ name }) => name === 'ali-oss V4');
  if (signer === undefined) throw new Error('no ali-oss');
  const link = await stage.link(signer, { seconds: 604_801 });
  expectRefused(await stage.send(link), link, expiresOutOfRange('604801'));
});

describe('a download begun before the end', () => {
  const downloaders = signers.filter(({ name }) =>
    ['ali-oss V1', 'oss2 V2', 'ali-oss V4', 'osskeep V4'].includes(name),
  );

  /** One request on a connection that is kept; the body waits to be read. */
  function ask(agent: Agent, link: Link, headers: Record<string, string> = {}) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const path = `${link.path}?${link.query.join('&')}`;
      const options = { host: '127.0.0.1', port: stage.port, path, agent };
      request({ ...options, headers: { ...headers, host: link.host } }, resolve)
        .on('error', reject)
        .end();
    });
  }

  async function read(response: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  describe.each(downloaders.map((signer) => [signer.name, signer] as const))('%s', (_, signer) => {
    test.skipIf(signer.missing)(
      `finishes, and cannot be resumed${because(signer.missing)}`,
      async () => {
        const link = await stage.link(signer, { key: large.key });
        const { endMs } = lifeOf(link);
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        try {
          stage.clock.set(endMs);
          const response = await ask(agent, link);
          expect(response.statusCode).toBe(200);
          const socket = response.socket;
          const ms = endMs + 3_600_000;
          stage.clock.set(ms);
          // Nothing was read yet, so most of it is still the server's to send, an hour too late.
          expect(socket.bytesRead).toBeLessThan(large.bytes.length);
          const body = await read(response);
          expect(body.length).toBe(large.bytes.length);
          const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
          expect(hash(body)).toBe(hash(large.bytes));

          const resumed = await ask(agent, link, { range: 'bytes=1000-' });
          expect(resumed.socket).toBe(socket);
          expect(resumed.statusCode).toBe(403);
          const document = (await read(resumed)).toString();
          expect(document).toContain('<Message>Request has expired.</Message>');
          for (const headers of [{ Range: 'bytes=1000-' }, { Range: 'bytes=0-0' }, {}]) {
            const refusal = await stage.send(link, { headers });
            expectRefused(refusal, link, expired(signer.version, endMs, ms));
          }
          stage.clock.set(endMs);
          const part = await stage.send(link, { headers: { Range: 'bytes=1000-1009' } });
          expect(part.status).toBe(206);
          expect(part.body.equals(large.bytes.subarray(1000, 1010))).toBe(true);
        } finally {
          agent.destroy();
        }
      },
    );
  });
});
