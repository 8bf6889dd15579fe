// Keys, tokens, scopes, and the order in which a request's faults are named (choices rows 1, 6
// and 17, signing reference §6 and §7.2).
import { describe, expect, test } from 'vitest';
import type { Hashes } from '../../../src/checksum/index.ts';
import { OssError } from '../../../src/errors/index.ts';
import { collectHeaders, SigningKeyCache, verify } from '../../../src/signing/index.ts';
import { outcome, refusalOf } from '../outcome.ts';
import {
  credential,
  modes,
  nowMs,
  plain,
  setHeader,
  setQuery,
  signed,
  signer,
  verifier,
  versions,
} from '../signed.ts';
import { hashes } from '../vectors.ts';

const each = versions.flatMap((version) => modes.map((mode) => [version, mode] as const));

describe.each(each)('%s %s', (version, mode) => {
  test('hands out the credential and what was presented', async () => {
    const verified = await verify(signed(version, mode), verifier());
    expect(verified?.credential).toBe(credential);
    expect(verified).toMatchObject({
      fallback: null,
      unsignedQuery: [],
      presented: { version, mode, accessKeyId: 'LTAItest', securityToken: undefined },
    });
  });

  test('answers and throws at once, or when the credential is found', async () => {
    const request = signed(version, mode);
    const later = verifier({ find: async (id) => verifier().find(id) });
    const pending = verify(request, later);
    expect(pending).toBeInstanceOf(Promise);
    const now = verify(request, verifier());
    expect(now).not.toBeInstanceOf(Promise);
    expect(await pending).toEqual(now);
    expect(verify(request, verifier(), collectHeaders(request.headers))).toEqual(now);
    const wrong = { ...request, key: 'other' };
    expect(() => verify(wrong, verifier())).toThrow(OssError);
    expect((await refusalOf(() => verify(wrong, later))).code).toBe('SignatureDoesNotMatch');
  });

  test('unknown key', async () => {
    const error = await refusalOf(() =>
      verify(signed(version, mode), verifier({ find: () => undefined })),
    );
    expect(error).toMatchObject({
      code: 'InvalidAccessKeyId',
      status: 403,
      ec: '0002-00000902',
      message: 'The OSS Access Key Id you provided does not exist in our records.',
      details: { OSSAccessKeyId: 'LTAItest' },
    });
  });

  test('unknown temporary key', async () => {
    const by = { ...signer, accessKeyId: 'STS.gone' };
    const request = signed(version, mode, plain, { token: 't', signer: by });
    expect(await outcome(request, verifier())).toBe('403 InvalidAccessKeyId 0002-00000002');
  });

  test('disabled key', async () => {
    const disabled = verifier({ credential: { ...credential, enabled: false } });
    const error = await refusalOf(() => verify(signed(version, mode), disabled));
    expect(error).toMatchObject({
      code: 'InvalidAccessKeyId',
      ec: '0002-00000903',
      message: 'The OSS Access Key Id you provided is disabled.',
      details: { OSSAccessKeyId: 'LTAItest' },
    });
  });

  test('another secret', async () => {
    const other = verifier({ credential: { ...credential, secret: 'other' } });
    const error = await refusalOf(() => verify(signed(version, mode), other));
    expect([error.status, error.code]).toEqual([403, 'SignatureDoesNotMatch']);
    const names = ['OSSAccessKeyId', 'SignatureProvided', 'StringToSign', 'StringToSignBytes'];
    if (version === 'v4') names.push('CanonicalRequest');
    expect(Object.keys(error.details)).toEqual(names);
    const sent = signed(version, mode);
    const given = JSON.stringify([sent.headers, sent.query]);
    expect(error.details['OSSAccessKeyId']).toBe('LTAItest');
    expect(error.details['SignatureProvided']).toMatch(/^[A-Za-z0-9+/=]{28,64}$/);
    expect(given).toContain(error.details['SignatureProvided']);
    const right = signed(version, mode, plain, { signer: { ...signer, accessKeySecret: 'other' } });
    const rightText = JSON.stringify([right.headers, right.query]);
    const signature = /Signature[=:",]+([A-Za-z0-9+/=]{20,})/i.exec(
      rightText.replace('OSS LTAItest:', 'Signature='),
    )?.[1];
    expect(signature).toBeDefined();
    expect(JSON.stringify(error.details)).not.toContain(signature);
  });

  test('StringToSignBytes is the text', async () => {
    const request = setQuery(signed(version, mode), 'acl', '文');
    const { details } = await refusalOf(() => verify(request, verifier()));
    const bytes = details['StringToSignBytes'] ?? '';
    expect(bytes).toMatch(/^([0-9A-F]{2} )+$/);
    const text = Buffer.from(bytes.replaceAll(' ', ''), 'hex').toString('utf8');
    expect(text).toBe(details['StringToSign']);
  });

  test('a temporary credential needs its token, and only while that lives', async () => {
    const temporary = { ...credential, token: 'tok/en+=', tokenExpiresMs: nowMs + 1000 };
    const withToken = signed(version, mode, plain, { token: 'tok/en+=' });
    const at = (ms: number) => verifier({ credential: temporary, nowMs: nowMs + ms });
    expect(await outcome(withToken, at(0))).toBe('accepted');
    expect(await outcome(withToken, at(999))).toBe('accepted');
    expect(await outcome(withToken, at(1000))).toBe('403 SecurityTokenExpired 0002-00000007');
    const other = signed(version, mode, plain, { token: 'tok/en+x' });
    expect(await outcome(other, at(0))).toBe('403 InvalidSecurityToken 0002-00000006');
    const without = signed(version, mode);
    expect(await outcome(without, at(0))).toBe('403 InvalidAccessKeyId 0002-00000003');
    const empty = signed(version, mode, plain, { token: '' });
    expect(await outcome(empty, at(0))).toBe('403 InvalidAccessKeyId 0002-00000003');
    expect(await outcome(withToken, verifier())).toBe('403 InvalidSecurityToken -');
  });
});

describe('scope of V4', () => {
  const signedFor = (mode: 'header' | 'url', region: string, product = 'oss') =>
    signed('v4', mode, plain, { signer: { ...signer, region, product } as typeof signer });

  test.each([
    ['header', 'Invalid signing region in Authorization header.'],
    ['url', 'The signing region in credential is invalid.'],
  ] as const)('region in the %s', async (mode, message) => {
    for (const region of ['cn-beijing', '', 'oss-cn-hangzhou', 'CN-HANGZHOU']) {
      const error = await refusalOf(() => verify(signedFor(mode, region), verifier()));
      expect(error).toMatchObject({
        status: 400,
        code: 'InvalidArgument',
        ec: '0002-00000226',
        message,
      });
      const given = mode === 'header' ? 'Authorization' : 'ArgumentValue';
      expect(error.details[given]).toContain(`/${region}/oss/`);
    }
  });

  test.each([
    ['header', 'Invalid signing product in Authorization header.'],
    ['url', 'The signing product in credential is invalid.'],
  ] as const)('product in the %s', async (mode, message) => {
    const request = signedFor(mode, 'cn-hangzhou', 'oss-cloudbox');
    const error = await refusalOf(() => verify(request, verifier()));
    expect(error).toMatchObject({ status: 400, ec: '0002-00000227', message });
    const both = verifier({ products: ['oss', 'oss-cloudbox'] });
    expect(await outcome(request, both)).toBe('accepted');
  });

  test('the day is the timestamp’s', async () => {
    const scope = 'LTAItest/20260101/cn-hangzhou/oss/aliyun_v4_request';
    const request = setQuery(signed('v4', 'url'), 'x-oss-credential', scope);
    expect(await outcome(request, verifier())).toBe('400 InvalidArgument 0002-00000212');
    const midnight = { date: '20260101T235959Z' };
    const near = signed('v4', 'header', plain, midnight);
    const after = verifier({ nowMs: Date.UTC(2026, 0, 2, 0, 1) });
    expect(await outcome(near, after)).toBe('accepted');
  });

  test('a Date header in RFC 1123 form has a day too', async () => {
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
    expect(await outcome(signed('v4', 'header', plain, { date }), verifier())).toBe('accepted');
  });
});

test('faults are named in the order form, key, time, token, scope, signature', async () => {
  const temporary = { ...credential, token: 'token' };
  const known = verifier({ credential: temporary });
  const met: string[] = [];
  const meet = async (request: typeof plain, by = known): Promise<void> => {
    met.push(await outcome(request, by));
  };
  const by = { ...signer, region: 'cn-beijing', accessKeySecret: 'wrong' };
  const options = { date: '20260102T020405Z', token: 'other', expires: 1 };
  const all = signed('v4', 'url', plain, { ...options, signer: by });
  await meet(setHeader(all, 'Authorization', 'OSS ak:sig'));
  await meet(all, verifier({ find: () => undefined }));
  await meet(all);
  const inTime = signed('v4', 'url', plain, { token: 'other', signer: by });
  await meet(inTime);
  await meet(signed('v4', 'url', plain, { token: 'token', signer: by }));
  const inRegion = { ...by, region: 'cn-hangzhou' };
  await meet(signed('v4', 'url', plain, { token: 'token', signer: inRegion }));
  await meet(signed('v4', 'url', plain, { token: 'token' }));
  expect(met).toEqual([
    '400 InvalidArgument 0002-00000039',
    '403 InvalidAccessKeyId 0002-00000902',
    '403 AccessDenied 0002-00000236',
    '403 InvalidSecurityToken 0002-00000006',
    '400 InvalidArgument 0002-00000226',
    '403 SignatureDoesNotMatch 0002-00000201',
    'accepted',
  ]);
});

describe('an unknown key', () => {
  function counting(): { hashes: Hashes; hmacs: () => number } {
    let hmacs = 0;
    const counted: Hashes = {
      ...hashes,
      hmacSha1: (key, data) => {
        hmacs += 1;
        return hashes.hmacSha1(key, data);
      },
      hmacSha256: (key, data) => {
        hmacs += 1;
        return hashes.hmacSha256(key, data);
      },
      hmacSha256Hex: (key, data) => {
        hmacs += 1;
        return hashes.hmacSha256Hex(key, data);
      },
    };
    return { hashes: counted, hmacs: () => hmacs };
  }

  test.each(each)('costs as many HMACs as a wrong signature: %s %s', async (version, mode) => {
    const request = setQuery(signed(version, mode), 'acl', '');
    const work = async (isKnown: boolean): Promise<number> => {
      const { hashes: counted, hmacs } = counting();
      const find = isKnown ? verifier().find : (): undefined => undefined;
      const by = verifier({ hashes: counted, keys: new SigningKeyCache(), find });
      await refusalOf(() => verify(request, by));
      return hmacs();
    };
    const known = await work(true);
    expect(known).toBeGreaterThan(0);
    expect(await work(false)).toBe(known);
  });

  test('brings no scope of its own into the cache of keys', async () => {
    const keys = new SigningKeyCache();
    for (let i = 0; i < 20; i += 1) {
      const by = { ...signer, accessKeyId: `nobody${i}`, region: `region-${i}` };
      const request = signed('v4', 'url', plain, { signer: by });
      expect(await outcome(request, verifier({ keys }))).toContain('InvalidAccessKeyId');
    }
    expect(keys.size).toBe(1);
  });
});
