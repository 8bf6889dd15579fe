// What a refusal says beyond OSS's own words: links of official SDKs are bent the way they get bent on their
// way through mails, pages, proxies and HTTP clients, the hint is read, followed, and the link works.
import { readFileSync } from 'node:fs';
import { errorTable } from '@osskeep/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { breaks } from '../../packages/protocol/test/signing/explain/breaks.ts';
import type { RawResponse } from '../../packages/server/test/support/raw-http.ts';
import { because } from '../../testing/skips.ts';
import { signers } from './refusals-links.ts';
import { keys, type Link, nameOf, objects, type Stage, startStage } from './refusals-stage.ts';
import { root } from './support/toolchain.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

beforeEach(() => stage.resetClock());

afterAll(() => stage.stop());

function hintOf(response: RawResponse): string | undefined {
  expect([400, 403]).toContain(response.status);
  return response.headers.get('x-osskeep-hint');
}

const encodedTwice = (item: string): string => {
  const [name = '', ...rest] = item.split('=');
  return rest.length === 0 ? name : `${name}=${encodeURIComponent(rest.join('='))}`;
};

const withPath = (link: Link, change: (path: string) => string): Link => ({
  ...link,
  path: change(link.path),
});

describe.each(signers.map((signer) => [signer.name, signer] as const))('%s', (_name, signer) => {
  const { version } = signer;

  describe.skipIf(signer.missing)(`a link${because(signer.missing)}`, () => {
    test('copied from the source of a page', async () => {
      const link = await stage.link(signer, { key: objects.hard });
      const query = link.query.map((item, at) => (at === 0 ? item : `amp;${item}`));
      const response = await stage.send({ ...link, query });
      expect(hintOf(response)).toBe('The link has &amp; where it had &: write & alone.');
      const mended = query.map((item) => item.replace(/^amp;/, ''));
      expect((await stage.send({ ...link, query: mended })).status).toBe(200);
    });

    test('encoded twice', async () => {
      const link = await stage.link(signer, { key: objects.hard });
      const twice = {
        ...link,
        path: link.path.replaceAll('%', '%25'),
        query: link.query.map(encodedTwice),
      };
      const what = version === 'V4' ? 'query' : 'link';
      const expected = `The ${what} is percent-encoded twice: send it as it was made.`;
      expect(hintOf(await stage.send(twice))).toBe(expected);
      const path = withPath(link, (text) => text.replaceAll('%', '%25'));
      expect(hintOf(await stage.send(path))).toBe(
        'The path is percent-encoded twice: send it as it was made.',
      );
    });

    test('decoded on its way', async () => {
      const key = 'percent%20.txt';
      const link = await stage.link(signer, { key });
      expect(link.path).toBe('/percent%2520.txt');
      const decoded = withPath(link, (path) => path.replace('%25', '%'));
      expect(hintOf(await stage.send(decoded))).toBe(
        'The path was percent-decoded on its way: send it as it was made.',
      );
    });

    test('with a slash too many', async () => {
      const link = await stage.link(signer);
      const before = withPath(link, (path) => `/${path}`);
      expect(hintOf(await stage.send(before))).toMatch(/before the key: leave it out\.$/);
      const after = withPath(link, (path) => `${path}/`);
      expect(hintOf(await stage.send(after))).toMatch(/after the key: leave it out\.$/);
    });

    test('for an upload, sent with the Content-Type of the HTTP client', async () => {
      const plain = await stage.link(signer, { method: 'PUT', key: 'uploaded.txt' });
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const options = { method: 'PUT', headers };
      expect(hintOf(await stage.send(plain, options))).toBe(
        'The link does not cover the header content-type: leave it out, or sign with it.',
      );
      expect((await stage.send(plain, { method: 'PUT' })).status).toBe(200);

      const signed = { 'Content-Type': 'text/plain' };
      const typed = await stage.link(signer, {
        method: 'PUT',
        key: 'uploaded.txt',
        headers: signed,
      });
      const charset = { 'Content-Type': 'text/plain;charset=UTF-8' };
      expect(hintOf(await stage.send(typed, { method: 'PUT', headers: charset }))).toMatch(
        /without what follows the semicolon: send it as it was signed\.$/,
      );
      expect((await stage.send(typed, { method: 'PUT', headers: signed })).status).toBe(200);
    });

    test('with x-oss-meta-* that was not signed', async () => {
      const link = await stage.link(signer, { method: 'PUT', key: 'uploaded.txt' });
      const options = { method: 'PUT', headers: { 'x-oss-meta-by': 'me' } };
      expect(hintOf(await stage.send(link, options))).toBe(
        'The link does not cover the header x-oss-meta-by: leave it out, or sign with it.',
      );
    });

    test('in both places: signed, and with an Authorization header', async () => {
      const link = await stage.link(signer);
      const response = await stage.send(link, { headers: { Authorization: 'Bearer token' } });
      expect([response.status, response.headers.get('x-oss-ec')]).toEqual([400, '0002-00000039']);
      expect(response.text).toContain(
        '<Message>The request is signed in the Authorization header and in the URL. Send only one' +
          ' of the two.</Message>',
      );
    });

    test('of another secret tells nothing, however it is sent', async () => {
      const { accessKeyId } = keys.owner;
      const link = await stage.link(signer, {
        key: objects.hard,
        keys: { accessKeyId, accessKeySecret: 'NotTheSecret' },
      });
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
        expect(hintOf(await stage.send(link, { method }))).toBeUndefined();
      }
    });

    test('stays refused while its hint is not followed', async () => {
      const link = await stage.link(signer);
      const hints = new Set<string | undefined>();
      for (let times = 0; times < 3; times += 1) {
        hints.add(hintOf(await stage.send(link, { method: 'DELETE' })));
      }
      expect([...hints]).toEqual(['The link was made for GET; it was used with DELETE.']);
      expect((await stage.send(link)).status).toBe(200);
    });

    if (version === 'V4') {
      test('with its signature in capitals', async () => {
        const link = await stage.link(signer);
        const query = link.query.map((item) =>
          nameOf(item) === 'x-oss-signature'
            ? item.replace(/=.*/, (text) => text.toUpperCase())
            : item,
        );
        expect(hintOf(await stage.send({ ...link, query }))).toBe(
          'The signature is lower-case hex: send it as it was made.',
        );
      });

      test('of another region', async () => {
        const link = await stage.link(signer, { region: 'cn-beijing' });
        expect(hintOf(await stage.send(link))).toBe(
          'The signature was made for the region cn-beijing; the region of this service is cn-hangzhou.',
        );
      });
    } else {
      test('whose signature lost its =', async () => {
        const link = await stage.link(signer);
        const query = link.query.map((item) => item.replace(/%3D$/, ''));
        expect(query).not.toEqual(link.query);
        expect(hintOf(await stage.send({ ...link, query }))).toBe(
          'The signature lost the = at its end: write it as %3D.',
        );
      });
    }

    test('that lost its plus signs everywhere', async () => {
      const link = await stage.link(signer, {
        key: objects.plus,
        query: { 'response-content-disposition': 'attachment;filename=a+b.txt' },
      });
      const spaced = {
        ...link,
        path: link.path.replaceAll('%2B', '%20'),
        query: link.query.map((item) => item.replaceAll('%2B', '+')),
      };
      expect(hintOf(await stage.send(spaced))).toBe(
        'The link has a space where a + was signed: write + in a link as %2B.',
      );
    });
  });
});

describe('docs/refusals.md', () => {
  const page = readFileSync(`${root}docs/refusals.md`, 'utf8');

  /** First cells of the tables of hints, as patterns: what is in italics differs. */
  const hints = page
    .slice(page.indexOf('## Hints'))
    .split('\n')
    .filter((line) => /^\| (The|This|A) /.test(line))
    .map((line) => line.slice(2).split(' | ')[0] ?? '')
    .map((cell) => cell.replaceAll('&amp;', '&').split(/\*[^*]+\*/))
    .map((pieces) => new RegExp(`^${pieces.map(escapedPattern).join('.+')}$`));

  test.each(breaks.map((one) => [one.hint, one.name] as const))('has the hint: %s', (hint) => {
    const rows = hints.filter((pattern) => pattern.test(hint));
    expect(rows.length).toBeGreaterThanOrEqual(1);
  });

  test('has a row for every EC of a signed URL', () => {
    const named = new Set<string>();
    for (const [, family = '', list = ''] of page.matchAll(/\| (\d{4})-(0[^|]*)\|/g)) {
      const numbers = list.split(/, | to /).map((text) => Number(text.replace(/^-/, '')));
      const isRange = list.includes(' to ');
      const [from = 0, to = 0] = numbers;
      const all = isRange ? Array.from({ length: to - from + 1 }, (_, at) => from + at) : numbers;
      for (const number of all) named.add(`${family}-${String(number).padStart(8, '0')}`);
    }
    for (const name of refusalsOfUrls) {
      const row: { code: string; ec?: string } = errorTable[name];
      expect(page, name).toContain(`\`${row.code}\``);
      if (row.ec !== undefined) expect(named, name).toContain(row.ec);
    }
  });
});

const refusalsOfUrls = [
  ...(['NoSuchBucket', 'BothSignatures', 'TokenInBothPlaces', 'UnknownSignatureVersion'] as const),
  ...(['MissingExpiresV1', 'EmptyExpiresV1', 'MissingAccessKeyIdV1', 'IncompleteUrlV1'] as const),
  ...(['MissingExpiresV2', 'EmptyExpiresV2', 'MissingAccessKeyIdV2'] as const),
  ...(['EmptyAccessKeyIdV2', 'MissingSignatureV2', 'EmptySignatureV2'] as const),
  ...(['MissingExpiresV4', 'EmptyExpiresV4', 'MissingCredentialV4', 'EmptyCredentialV4'] as const),
  ...(['MissingSignatureV4', 'EmptySignatureV4', 'CredentialKeyIdMalformedInUrl'] as const),
  ...(['CredentialDateMalformedInUrl', 'InvalidCredentialInUrl'] as const),
  ...(['AdditionalHeadersEmptyInUrl', 'AdditionalHeaderMissing'] as const),
  ...([
    'InvalidAccessKeyId',
    'StsKeyUnknown',
    'AccessKeyIdMalformed',
    'AccessKeyDisabled',
  ] as const),
  ...(['ExpiredUrlV1', 'ExpiredUrlV4', 'NotYetValid', 'ExpiresOutOfRangeV4'] as const),
  ...(['InvalidExpires', 'MissingDate', 'MalformedDate', 'MalformedTime'] as const),
  ...(['StsKeyWithoutToken', 'InvalidSecurityToken', 'TokenWithOrdinaryKey'] as const),
  ...(['SecurityTokenExpired', 'InvalidSigningRegionInUrl', 'InvalidSigningProductInUrl'] as const),
  ...([
    'CredentialDateNotRequestDay',
    'SignatureDoesNotMatchV1',
    'SignatureDoesNotMatchV2',
  ] as const),
  ...(['SignatureDoesNotMatchV4', 'AccessDeniedByBucketAcl', 'NoSuchKey'] as const),
];

function escapedPattern(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
