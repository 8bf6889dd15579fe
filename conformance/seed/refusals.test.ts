// Links made by official SDKs and by our client, broken afterwards in every place: each is refused with the
// status, code, EC, message and elements that belong to it, and never gives another object's bytes.
import { encodeComponent } from '@osskeep/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeOne } from '../../packages/protocol/test/signing/mutations.ts';
import type { RawResponse } from '../../packages/server/test/support/raw-http.ts';
import { because } from '../../testing/skips.ts';
import { nothingMayBeSkipped } from '../support/python.ts';
import {
  disabledKey,
  type Expected,
  expectRefused,
  expired,
  malformedDate,
  malformedTime,
  mismatch,
  missingParameter,
  missingToken,
  noSuchBucket,
  noSuchKey,
  notYetValid,
  type Sent,
  tokenName,
  tokenTwice,
  tokenWithOrdinaryKey,
  unknownKey,
  unknownVersion,
  unreadablePath,
  wrongCredential,
  wrongToken,
} from './refusals-expected.ts';
import { type Method, type Signer, signers } from './refusals-links.ts';
import {
  baseDomain,
  bodyOf,
  domain,
  keys,
  type Link,
  lifeOf,
  nameOf,
  objects,
  otherDomain,
  parameter,
  pathOf,
  type SendOptions,
  type Stage,
  secondDomain,
  startStage,
} from './refusals-stage.ts';
import { account, bucket, otherBucket } from './support/stage.ts';
import { isComplete } from './support/toolchain.ts';

/** In the short form only some places are spoilt. */
const everyCharacter = isComplete ? 1 : 5;
const everyByte = isComplete ? 1 : 3;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

beforeEach(() => stage.resetClock());

afterAll(() => stage.stop());

test('all signers are here', ({ skip }) => {
  const missing = signers.map((signer) => signer.missing).find((why) => why !== undefined);
  if (missing !== undefined && !nothingMayBeSkipped) skip(missing);
  expect(missing).toBeUndefined();
});

/** A link to a version, with a token and response headers: everything that a link can carry. */
async function fullLink(signer: Signer): Promise<{ link: Link; sent: Sent }> {
  const query = {
    versionId: stage.versionIds[0] ?? '',
    'response-content-type': 'text/x-a',
    'response-content-disposition': 'attachment; filename="a b.txt"',
  };
  const key = objects.versioned;
  const link = await stage.link(signer, { key, query, keys: keys.temporary });
  return { link, sent: { key, keys: keys.temporary } };
}

function itemOf(name: string, value: string): string {
  return `${encodeComponent(name)}=${encodeComponent(value)}`;
}

function expectBytes(response: RawResponse, body: string): void {
  expect([response.status, response.text]).toEqual([200, body]);
}

describe.each(signers.map((signer) => [signer.name, signer] as const))('%s', (_name, signer) => {
  const { version } = signer;

  async function refused(
    link: Link,
    expected: Expected,
    options: SendOptions = {},
  ): Promise<RawResponse> {
    const response = await stage.send(link, options);
    expectRefused(response, link, expected);
    return response;
  }

  /** Refused because the signature does not match; `sent` is what the server has to have read. */
  const mismatched = (link: Link, sent: Sent, hint?: string, options: SendOptions = {}) =>
    refused(link, mismatch(version, link, { method: options.method, ...sent }, hint), options);

  describe.skipIf(signer.missing)(`a link${because(signer.missing)}`, () => {
    describe('with a parameter', () => {
      /** The refusal of a link whose parameter `name` has the value `given`. */
      function changedValue(link: Link, sent: Sent, name: string, given: string): Expected {
        const id = keys.temporary.accessKeyId;
        const { startMs, endMs } = lifeOf(link);
        switch (name) {
          case 'x-oss-signature-version':
            return unknownVersion(given);
          case 'x-oss-credential':
            return wrongCredential(given);
          case 'OSSAccessKeyId':
          case 'x-oss-access-key-id':
            return unknownKey(given);
          case 'security-token':
          case 'x-oss-security-token':
            return wrongToken(id);
          case 'x-oss-date':
            if (startMs === undefined || Number.isNaN(startMs)) {
              const isDayGood = given.startsWith(
                parameter(link, 'x-oss-credential')?.split('/')[1] ?? 'x',
              );
              return isDayGood ? malformedTime : malformedDate;
            }
            if (endMs < stage.nowMs) return expired(version, endMs, stage.nowMs);
            if (startMs > stage.nowMs + 900_000) return notYetValid(endMs, stage.nowMs);
            break;
          case 'Expires':
          case 'x-oss-expires':
            if (endMs < stage.nowMs) return expired(version, endMs, stage.nowMs);
        }
        return mismatch(version, link, sent);
      }

      test('works as it was made', async () => {
        const { link } = await fullLink(signer);
        const response = await stage.send(link);
        expectBytes(response, bodyOf(bucket, objects.versioned, 2));
        expect(response.headers.get('content-type')).toBe('text/x-a');
        const names = link.query.map(nameOf);
        expect(names).toContain(tokenName(version));
        expect(new Set(names).size).toBe(names.length);
      });

      test('changed in any one character of its value', async () => {
        const { link, sent } = await fullLink(signer);
        let count = 0;
        for (const [at, item] of link.query.entries()) {
          const name = nameOf(item);
          const value = decodeURIComponent(item.slice(item.indexOf('=') + 1));
          for (let i = 0; i < value.length; i += everyCharacter) {
            const given = changeOne(value, i);
            const changed = { ...link, query: link.query.with(at, itemOf(name, given)) };
            await refused(changed, changedValue(changed, sent, name, given));
            count += 1;
          }
        }
        expect(count).toBeGreaterThan(150 / everyCharacter);
      });

      test('left out', async () => {
        const { link, sent } = await fullLink(signer);
        for (const [at, item] of link.query.entries()) {
          const without = { ...link, query: link.query.toSpliced(at, 1) };
          const missed = missingParameter(version, nameOf(item), keys.temporary);
          await refused(without, missed ?? mismatch(version, without, sent));
        }
      });

      test('under another name', async () => {
        const { link, sent } = await fullLink(signer);
        for (const [at, item] of link.query.entries()) {
          const name = nameOf(item);
          const rest = item.slice(item.indexOf('='));
          for (const other of [changeOne(name), changeOne(name, 0), name.toUpperCase()]) {
            const renamed = { ...link, query: link.query.with(at, `${other}${rest}`) };
            if (other === name) throw new Error(`${name} has no capitals`);
            const missed = missingParameter(version, name, keys.temporary);
            await refused(renamed, missed ?? mismatch(version, renamed, sent));
          }
        }
      });

      /** Of these the first counts, and they are not signed (signing reference §3.3). */
      const first = {
        V1: ['OSSAccessKeyId', 'Expires', 'Signature'],
        V2: ['x-oss-signature'],
        V4: ['x-oss-signature'],
      }[version];

      test('twice', async () => {
        const { link, sent } = await fullLink(signer);
        const body = bodyOf(bucket, objects.versioned, 2);
        const hint = 'The link has a parameter more often than was signed: send it once.';
        for (const item of link.query) {
          const name = nameOf(item);
          const twice = { ...link, query: [...link.query, item] };
          const isFirst = first.includes(name);
          if (isFirst) expectBytes(await stage.send(twice), body);
          else await mismatched(twice, sent, hint);
          const value = decodeURIComponent(item.slice(item.indexOf('=') + 1));
          const given = changeOne(value, 0);
          const after = { ...link, query: [...link.query, itemOf(name, given)] };
          if (isFirst) expectBytes(await stage.send(after), body);
          else await mismatched(after, sent, hint);
          const before = { ...link, query: [itemOf(name, given), ...link.query] };
          await refused(before, changedValue(before, sent, name, given));
        }
      });

      test.each([
        'response-content-type',
        'response-content-language',
        'response-expires',
        'response-cache-control',
        'response-content-disposition',
        'response-content-encoding',
        'versionId',
        'acl',
        'tagging',
        'uploads',
        'partNumber',
        'callback',
      ])('%s that was added', async (name) => {
        const made = await stage.link(signer);
        for (const item of [itemOf(name, 'x'), name, `${name}=`]) {
          const added = { ...made, query: [...made.query, item] };
          const hint = `The link does not cover the parameter ${name}: leave it out, or sign with it.`;
          await mismatched(added, { key: objects.plain }, hint);
        }
      });

      test.each(['foo=bar', 'utm_source=x', 'prefix=a', '_', 'X-Oss-Process=x'])(
        '%s that nobody knows',
        async (item) => {
          const made = await stage.link(signer);
          const added = { ...made, query: [item, ...made.query] };
          // V1 signs listed names only; what it leaves out has no effect (choices rows 7 and 20).
          if (version === 'V1') {
            expectBytes(await stage.send(added), bodyOf(bucket, objects.plain));
            return;
          }
          const name = nameOf(item);
          const hint = `The link does not cover the parameter ${name}: leave it out, or sign with it.`;
          await mismatched(added, { key: objects.plain }, hint);
        },
      );

      test.each([
        ['x-oss-process', 'image/resize,w_100'],
        ['x-oss-traffic-limit', '819200'],
        ['x-oss-anything', 'x'],
      ])('%s that was added', async (name, value) => {
        const made = await stage.link(signer);
        const added = { ...made, query: [...made.query, itemOf(name, value)] };
        // Some SDKs leave x-oss-* out of V1: taken, and taken away (choices row 7).
        if (version === 'V1') {
          const plainly = await stage.send(made);
          const response = await stage.send(added);
          expectBytes(response, plainly.text);
          expect([...response.headers.keys()]).toEqual([...plainly.headers.keys()]);
          return;
        }
        const hint = `The link does not cover the parameter ${name}: leave it out, or sign with it.`;
        await mismatched(added, { key: objects.plain }, hint);
      });
    });

    describe('with a path', () => {
      const plainPath = pathOf(objects.plain);

      /** The path with one byte changed, left out, or put in, at every place behind the first slash. */
      function spoiltPaths(path: string): string[] {
        const all = new Set<string>();
        for (let i = 1; i < path.length; i += everyByte) {
          all.add(changeOne(path, i));
          all.add(path.slice(0, i) + path.slice(i + 1));
          all.add(`${path.slice(0, i)}x${path.slice(i)}`);
        }
        all.delete(path);
        return [...all];
      }

      beforeAll(async () => {
        // They are all there, so that a server that served the path it got would be noticed.
        for (const path of spoiltPaths(plainPath)) {
          await stage.client.putObject(path.slice(1), 'another object');
        }
      });

      test('spoilt in any byte, although each names an object', async () => {
        const link = await stage.link(signer);
        expect(link.path).toBe(plainPath);
        const paths = spoiltPaths(plainPath);
        expect(paths.length).toBeGreaterThan(60 / everyByte);
        for (const path of paths) await mismatched({ ...link, path }, { key: path.slice(1) });
      });

      test('spoilt in any byte, escapes too', async () => {
        const link = await stage.link(signer, { key: objects.hard });
        expectBytes(await stage.send(link), bodyOf(bucket, objects.hard));
        let unreadable = 0;
        for (const path of spoiltPaths(link.path)) {
          const spoilt = { ...link, path };
          const wire = path.slice(1);
          let key: string | undefined;
          try {
            key = decodeURIComponent(wire);
          } catch {
            unreadable += 1;
          }
          if (key === objects.hard) {
            expectBytes(await stage.send(spoilt), bodyOf(bucket, objects.hard));
          } else if (key === undefined) {
            await refused(spoilt, unreadablePath(wire));
          } else {
            await mismatched(spoilt, { key });
          }
        }
        expect(unreadable).toBeGreaterThan(10 / everyByte);
      });

      test('cut by ? or # at any place', async () => {
        const link = await stage.link(signer);
        for (let i = 1; i <= plainPath.length; i += 1) {
          for (const cut of ['?', '#']) {
            const path = plainPath.slice(0, i) + cut + plainPath.slice(i);
            const response = await stage.send({ ...link, path });
            expect([400, 403], path).toContain(response.status);
          }
        }
      });

      test('with + kept or encoded works, and as a space it does not', async () => {
        const link = await stage.link(signer, { key: objects.plus });
        expect(link.path).toBe('/a%2Bb.txt');
        for (const path of ['/a+b.txt', '/a%2Bb.txt', '/a%2bb.txt', '/%61+b.txt']) {
          expectBytes(await stage.send({ ...link, path }), bodyOf(bucket, objects.plus));
        }
        await mismatched(
          { ...link, path: '/a%20b.txt' },
          { key: objects.space },
          'The link was made for a key with + where the path has a space: keep the +, or write it as %2B.',
        );
        const spaced = await stage.link(signer, { key: objects.space });
        expectBytes(await stage.send(spaced), bodyOf(bucket, objects.space));
        for (const path of ['/a+b.txt', '/a%2Bb.txt']) {
          await mismatched(
            { ...spaced, path },
            { key: objects.plus },
            'The link was made for a key with a space where the path has +: write a space in a path as %20.',
          );
        }
        const hard = await stage.link(signer, { key: objects.hard });
        const lost = hard.path.replace('%2B', '%20');
        await mismatched({ ...hard, path: lost }, { key: objects.hard.replace('+', ' ') });
      });

      const hasPlus = version !== 'V4';
      if (hasPlus) test('and a + in its signature', plusInSignature);

      async function plusInSignature(): Promise<void> {
        let link = await stage.link(signer);
        for (let seconds = 601; !parameter(link, 'Signature', 'x-oss-signature')?.includes('+'); ) {
          link = await stage.link(signer, { seconds });
          seconds += 1;
        }
        expectBytes(await stage.send(link), bodyOf(bucket, objects.plain));
        for (const raw of ['+', '%20']) {
          const query = link.query.map((item) => item.replaceAll('%2B', raw));
          const spoilt = { ...link, query };
          const given = parameter(link, 'Signature', 'x-oss-signature')?.replaceAll('+', ' ') ?? '';
          const expected = mismatch(
            version,
            link,
            { key: objects.plain },
            'The signature has a space where it had +: write + in a query as %2B.',
          );
          const elements = { ...expected.elements, SignatureProvided: given };
          await refused(spoilt, { ...expected, elements });
        }
      }
    });

    describe('used with another method', () => {
      const sent = { key: objects.plain };

      test.each(['HEAD', 'PUT', 'DELETE', 'POST'])('GET as %s', async (method) => {
        const link = await stage.link(signer);
        const hint = `The link was made for GET; it was used with ${method}.`;
        await mismatched(link, sent, hint, { method });
        expectBytes(await stage.send(link), bodyOf(bucket, objects.plain));
      });

      test.each([
        ['HEAD', 'GET'],
        ['PUT', 'GET'],
        ['PUT', 'HEAD'],
        ['HEAD', 'DELETE'],
      ] as [Method, string][])('%s as %s', async (made, method) => {
        const link = await stage.link(signer, { method: made });
        const hint = `The link was made for ${made}; it was used with ${method}.`;
        await mismatched(link, sent, hint, { method });
      });
    });

    describe('sent elsewhere', () => {
      test("to another bucket's host", async () => {
        const link = await stage.link(signer);
        const host = `${otherBucket}.${baseDomain}:${stage.port}`;
        await mismatched({ ...link, host }, { key: objects.plain, bucket: otherBucket });
      });

      test('to another bucket in the path', async () => {
        const endpoint = `http://localhost:${stage.port}`;
        const link = await stage.link(signer, { endpoint, style: 'path' });
        expectBytes(await stage.send(link), bodyOf(bucket, objects.plain));
        const path = link.path.replace(`/${bucket}/`, `/${otherBucket}/`);
        await mismatched({ ...link, path }, { key: objects.plain, bucket: otherBucket });
      });

      test("a path-style link to another bucket's host", async () => {
        const endpoint = `http://localhost:${stage.port}`;
        const link = await stage.link(signer, { endpoint, style: 'path' });
        const host = `${otherBucket}.${baseDomain}:${stage.port}`;
        const sent = { key: `${bucket}/${objects.plain}`, bucket: otherBucket };
        await mismatched(
          { ...link, host },
          sent,
          `The link was made for the bucket ${bucket} that the path names; it was read for` +
            ` ${otherBucket}: send it to the host that it was made for.`,
        );
      });

      test('to a custom domain', async () => {
        const endpoint = `http://${domain}:${stage.port}`;
        const link = await stage.link(signer, { endpoint, style: 'cname' });
        const body = bodyOf(bucket, objects.plain);
        expect(link.host).toBe(`${domain}:${stage.port}`);
        expectBytes(await stage.send(link), body);
        // The signature covers the bucket, not the host: each name of the bucket will do.
        for (const host of [secondDomain, domain.toUpperCase(), `${bucket}.${baseDomain}`]) {
          expectBytes(await stage.send({ ...link, host }), body);
        }
        const elsewhere = { ...link, host: `${otherDomain}:${stage.port}` };
        await mismatched(elsewhere, { key: objects.plain, bucket: otherBucket });
      });

      const signsHost = version === 'V4' && !signer.isPython;
      if (signsHost) test('to another domain of its bucket, with the host signed', hostSigned);

      async function hostSigned(): Promise<void> {
        const host = `${domain}:${stage.port}`;
        const link = await stage.link(signer, {
          endpoint: `http://${host}`,
          style: 'cname',
          headers: signer.name === 'osskeep V4' ? {} : { host },
          additionalHeaders: ['host'],
        });
        expectBytes(await stage.send(link), bodyOf(bucket, objects.plain));
        await mismatched({ ...link, host: secondDomain }, { key: objects.plain });
      }

      test('to a bucket that does not exist', async () => {
        const link = await stage.link(signer, { bucket: 'no-such-bucket' });
        await refused(link, noSuchBucket('no-such-bucket'));
        const method = 'HEAD';
        await refused(link, noSuchBucket('no-such-bucket'), { method });
      });
    });

    test('to one version gives no other', async () => {
      const [first = '', second = ''] = stage.versionIds;
      const key = objects.versioned;
      const link = await stage.link(signer, { key, query: { versionId: first } });
      expectBytes(await stage.send(link), bodyOf(bucket, key, 2));
      const query = link.query.map((item) => item.replace(encodeComponent(first), second));
      expect(query).not.toEqual(link.query);
      await mismatched({ ...link, query }, { key });
      const without = link.query.filter((item) => nameOf(item) !== 'versionId');
      await mismatched({ ...link, query: without }, { key });
      const newest = await stage.link(signer, { key });
      expectBytes(await stage.send(newest), bodyOf(bucket, key, 3));
      const added = { ...newest, query: [...newest.query, `versionId=${first}`] };
      const hint =
        'The link does not cover the parameter versionId: leave it out, or sign with it.';
      await mismatched(added, { key }, hint);
    });

    test('with a token', async () => {
      const { temporary, otherTemporary, owner } = keys;
      const name = tokenName(version);
      const link = await stage.link(signer, { keys: temporary });
      const others = link.query.filter((item) => nameOf(item) !== name);
      expect(others.length).toBe(link.query.length - 1);
      expectBytes(await stage.send(link), bodyOf(bucket, objects.plain));
      const missed = missingToken(version, temporary.accessKeyId);
      await refused({ ...link, query: others }, missed);
      await refused({ ...link, query: others }, missed, { method: 'HEAD' });
      await refused({ ...link, query: [...others, name] }, missed);
      const swapped = [...others, itemOf(name, otherTemporary.securityToken)];
      await refused({ ...link, query: swapped }, wrongToken(temporary.accessKeyId));
      const lost = [
        ...others,
        `${name}=${encodeComponent(temporary.securityToken).replaceAll('%2B', '+')}`,
      ];
      await refused(
        { ...link, query: lost },
        wrongToken(
          temporary.accessKeyId,
          'The security token has a space where it had +: write + in a query as %2B.',
        ),
      );
      const header = { 'x-oss-security-token': temporary.securityToken };
      await refused(link, tokenTwice, { headers: header });
      // In a header alone it is read, and it is not where it was signed.
      await mismatched(
        { ...link, query: others },
        { key: objects.plain, keys: temporary },
        undefined,
        {
          headers: header,
        },
      );
      const stray = await stage.link(signer, {
        keys: { ...owner, securityToken: temporary.securityToken },
      });
      await refused(stray, tokenWithOrdinaryKey(owner.accessKeyId));
    });

    test('of a key that is disabled, enabled, and deleted', async () => {
      const { credentials } = stage.server.store;
      const accessKeyId = `LTAI5tOff${signer.name.replaceAll(/\W/g, '')}`;
      const secret = 'ItsSecret';
      const owner = { id: account.id, displayName: account.id };
      await credentials.add({ accessKeyId, secret, owner });
      const link = await stage.link(signer, { keys: { accessKeyId, accessKeySecret: secret } });
      const body = bodyOf(bucket, objects.plain);
      expectBytes(await stage.send(link), body);
      await credentials.disable(accessKeyId);
      await refused(link, disabledKey(accessKeyId));
      await refused(link, disabledKey(accessKeyId), { method: 'HEAD' });
      // The key is looked at first: its signature or its time no longer matter.
      stage.clock.set(lifeOf(link).endMs + 1000);
      await refused({ ...link, path: '/x' }, disabledKey(accessKeyId));
      stage.clock.set(stage.nowMs);
      await credentials.enable(accessKeyId);
      expectBytes(await stage.send(link), body);
      await credentials.remove(accessKeyId);
      await refused(link, unknownKey(accessKeyId));
    });

    test('made with another secret, or by a key that never was', async () => {
      const { accessKeyId, accessKeySecret } = keys.owner;
      const wrong = await stage.link(signer, {
        keys: { accessKeyId, accessKeySecret: `${accessKeySecret}x` },
      });
      await mismatched(wrong, { key: objects.plain });
      for (const id of ['LTAI5tNobodysKey', 'STS.NobodysKey']) {
        const link = await stage.link(signer, { keys: { accessKeyId: id, accessKeySecret } });
        await refused(link, unknownKey(id));
      }
    });

    test('to an object that is not there', async () => {
      const key = objects.missing;
      const link = await stage.link(signer, { key });
      await refused(link, noSuchKey(key));
      const head = await stage.link(signer, { key, method: 'HEAD' });
      await refused(head, noSuchKey(key), { method: 'HEAD' });
      // A bad signature does not learn whether it is there.
      await mismatched({ ...link, path: '/missing.txu' }, { key: 'missing.txu' });
      await mismatched({ ...head, path: '/missing.txu' }, { key: 'missing.txu' }, undefined, {
        method: 'HEAD',
      });
    });
  });
});
