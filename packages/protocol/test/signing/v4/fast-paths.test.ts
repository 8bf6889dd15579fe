// What signers and verifiers remember or write by hand for speed, against the plain way of the
// signing reference (§1.2, §1.4, §1.7), in rows in which one thing changes and the rest stays.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nobleHashes, toHex } from '../../../src/checksum/index.ts';
import { encodeComponent } from '../../../src/http/index.ts';
import type { QueryPairs } from '../../../src/http/pairs.ts';
import {
  deriveSigningKey,
  formatScope,
  parseIsoBasic,
  presignV4,
  SigningKeyCache,
} from '../../../src/signing/index.ts';
import { canonicalQuery } from '../../../src/signing/v4/canonical-query.ts';
import { parseCredential } from '../../../src/signing/v4/parse-credential.ts';
import { hashes } from '../vectors.ts';

/** The query as the reference tells it: encode, sort by name, then by the whole, join. */
function plainQuery(query: QueryPairs): string {
  const parts = query
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([given, value = '']) => {
      const name = encodeComponent(given);
      return { name, text: value === '' ? name : `${name}=${encodeComponent(value)}` };
    });
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  parts.sort((a, b) => order(a.name, b.name) || order(a.text, b.text));
  return parts
    .map(({ text }) => text)
    .filter((text, at) => at > 0 || text !== '')
    .join('&');
}

const name = fc.constantFrom('a', 'b', 'a-', 'a b', 'é', 'x-oss-credential', 'x-oss-signature');
const value = fc.constantFrom(undefined, '', '1', '2', 'a/b', 'a b/c+d', '文/', '/');

test('canonical queries', () => {
  const pair = fc.tuple(name, value);
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 6 }), fc.boolean(), (pairs, isSorted) => {
      const query = isSorted ? pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)) : pairs;
      expect(canonicalQuery(query)).toBe(plainQuery(query));
    }),
    { numRuns: 3_000 },
  );
});

describe('signed URLs of a row', () => {
  const request = fc.record({
    key: fc.constantFrom('a', 'b c', '文', 'a/b', undefined),
    bucket: fc.constantFrom('bucket', 'other'),
    query: fc.constantFrom<QueryPairs>([], [['versionId', 'x+/']], [['x-oss-process', 'a,b']]),
  });
  const lifetime = fc.record({
    date: fc.constantFrom('20260102T030405Z', '20260102T030406Z', '20260103T030405Z'),
    expires: fc.constantFrom(1, 900),
    securityToken: fc.constantFrom(undefined, '', 'to/ken+='),
  });
  const signer = fc.record({
    accessKeyId: fc.constantFrom('LTAIa', 'LTAIb'),
    accessKeySecret: fc.constantFrom('secret', 'other'),
    region: fc.constantFrom('cn-hangzhou', 'cn-beijing'),
    product: fc.constantFrom('oss', 'oss-cloudbox'),
    additionalHeaders: fc.constantFrom(undefined, ['host']),
  });

  test('are what each is alone', () => {
    const row = fc.array(fc.tuple(request, lifetime, signer), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(row, (wishes) => {
        const keys = new SigningKeyCache();
        for (const [asked, life, by] of wishes) {
          const headers: [string, string][] = [['host', 'h']];
          const whole = { ...asked, method: 'GET', headers };
          const signed = presignV4(whole, life, { ...by, keys }, hashes);
          const scope = { date: life.date.slice(0, 8), region: by.region, product: by.product };
          const scopeText = `${scope.date}/${by.region}/${by.product}/aliyun_v4_request`;
          const list = by.additionalHeaders?.join(';');
          const added: [string, string][] = [
            ...(list === undefined ? [] : [['x-oss-additional-headers', list] as [string, string]]),
            ['x-oss-credential', `${by.accessKeyId}/${scopeText}`],
            ['x-oss-date', life.date],
            ['x-oss-expires', String(life.expires)],
            ...(life.securityToken === undefined
              ? []
              : [['x-oss-security-token', life.securityToken] as [string, string]]),
            ['x-oss-signature-version', 'OSS4-HMAC-SHA256'],
          ];
          const line = plainQuery([...asked.query, ...added]);
          const path = (asked.key ?? '').split('/').map(encodeComponent).join('/');
          const canonical =
            `GET\n/${asked.bucket}/${path}\n${line}\n${list === undefined ? '' : 'host:h\n'}\n` +
            `${list ?? ''}\nUNSIGNED-PAYLOAD`;
          const digest = toHex(nobleHashes.sha256(canonical));
          const text = `OSS4-HMAC-SHA256\n${life.date}\n${scopeText}\n${digest}`;
          const key = deriveSigningKey(by.accessKeySecret, scope, nobleHashes);
          const signature = toHex(nobleHashes.hmacSha256(key, text));
          expect(signed.canonicalRequest).toBe(canonical);
          expect(signed.stringToSign).toBe(text);
          expect(signed.queryText).toBe(`${line}&x-oss-signature=${signature}`);
          expect(signed.query).toEqual([...added, ['x-oss-signature', signature]]);
          expect(formatScope(scope)).toBe(scopeText);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('a scope that changes in place is another scope', () => {
  const scope = { date: '20260102', region: 'r', product: 'oss' };
  const keys = new SigningKeyCache();
  expect(keys.get('secret', scope, hashes)).toEqual(deriveSigningKey('secret', scope, hashes));
  scope.region = 's';
  expect(formatScope(scope)).toBe('20260102/s/oss/aliyun_v4_request');
  expect(keys.get('secret', scope, hashes)).toEqual(deriveSigningKey('secret', scope, hashes));
});

test('credentials of a row, good and bad', () => {
  const cases = { shape: 'InvalidCredentialV4', keyId: 'AccessKeyIdMalformed' } as const;
  const read = (text: string): unknown => {
    try {
      return parseCredential(text, { ...cases, date: 'MalformedDate' }, (its) => new Error(its));
    } catch (error) {
      return (error as Error).message;
    }
  };
  const rest = 'cn-hangzhou/oss/aliyun_v4_request';
  const scope = { date: '20260102', region: 'cn-hangzhou', product: 'oss' };
  const expected: [string, unknown][] = [
    [`a/20260102/${rest}`, { accessKeyId: 'a', scope }],
    [`b/20260102/${rest}`, { accessKeyId: 'b', scope }],
    [`/20260102/${rest}`, 'AccessKeyIdMalformed'],
    [`a/2026010/${rest}`, 'MalformedDate'],
    [rest, 'InvalidCredentialV4'],
  ];
  const given = fc.array(fc.constantFrom(...expected), { maxLength: 8 });
  fc.assert(
    fc.property(given, (row) => {
      for (const [text, answer] of row) expect(read(text)).toEqual(answer);
    }),
  );
});

describe('dates', () => {
  function plainDate(text: string): number | undefined {
    const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
    if (parts === null) return undefined;
    const [, year, month, day, hour, minute, second] = parts;
    const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
    if (Number.isNaN(ms) || Number(year) < 100) return undefined;
    const back = new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    return back === text ? ms : undefined;
  }

  test('every day a month can seem to have', () => {
    for (const year of ['0000', '0099', '0100', '1900', '1999', '2000', '2024', '2026', '9999']) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const two = (number: number): string => String(number).padStart(2, '0');
          const text = `${year}${two(month)}${two(day)}T235959Z`;
          expect([text, parseIsoBasic(text)]).toEqual([text, plainDate(text)]);
        }
      }
    }
  });

  test('any text of the form, and nearly of it', () => {
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789:x'), minLength: length, maxLength: length });
    fc.assert(
      fc.property(digits(8), digits(6), fc.constantFrom('T', 't'), (day, time, mark) => {
        const text = `${day}${mark}${time}Z`;
        expect(parseIsoBasic(text)).toBe(plainDate(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
