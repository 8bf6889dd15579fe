// A hint names the one change that makes the signature match, and nothing else gets one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hashes } from '../../../src/checksum/index.ts';
import {
  explainedFieldsMax,
  explainMismatch,
  recalculationsMax,
} from '../../../src/signing/explain/explain-mismatch.ts';
import {
  type SignableRequest,
  SigningKeyCache,
  signatureQueryNames,
} from '../../../src/signing/index.ts';
import { outcome } from '../outcome.ts';
import { plain, setHeader, setQuery, signed, signer, verifier, versions } from '../signed.ts';
import { hashes, keys, nowOf, verifierOf, wireRequest, wireVectors } from '../vectors.ts';
import { type Break, breaks, madeRequest, unprovable } from './breaks.ts';

const tools = { hashes, keys };
const explained = (request: SignableRequest, secret = signer.accessKeySecret) =>
  explainMismatch(request, secret, tools);

const cases = breaks.flatMap((one) =>
  one.versions.map((version) => [one.name, version, one] as const),
);

/** Signs until the bend changes something: not every base64 signature holds a plus. */
function signedAndBent(version: 'v1' | 'v2' | 'v4', one: Pick<Break, 'made' | 'bend' | 'mode'>) {
  for (let expires = 900; expires < 1_200; expires += 1) {
    const sent = signed(version, one.mode ?? 'url', madeRequest(one), { expires });
    const bent = one.bend(sent);
    const changes = JSON.stringify(bent) !== JSON.stringify(sent);
    if (changes) return { sent, bent };
  }
  throw new Error('the bend changes nothing');
}

describe.each(cases)('%s, %s', (_name, version, one) => {
  test('is refused, and the hint mends it', async () => {
    const { sent, bent } = signedAndBent(version, one);
    expect(await outcome(sent, verifier())).toBe('accepted');
    expect(await outcome(bent, verifier())).toMatch(/^403 SignatureDoesNotMatch /);
    const mend = explained(bent);
    expect(mend?.sentence).toBe(one.hint);
    expect(await outcome(mend?.request ?? bent, verifier())).toBe('accepted');
  });

  test('has no hint under another secret', () => {
    expect(explained(signedAndBent(version, one).bent, 'other')).toBeUndefined();
  });
});

describe.each(versions)('%s', (version) => {
  test.each(unprovable.map((one) => [one.name, one] as const))('no hint for %s', async (_, one) => {
    const { bent } = signedAndBent(version, one);
    // V1 refuses what it covers only; the last bend is refused by all.
    expect(await outcome(bent, verifier())).toMatch(/^403 SignatureDoesNotMatch /);
    expect(explained(bent)).toBeUndefined();
  });

  test('a wrong secret has no hint, in header and URL', () => {
    for (const mode of ['header', 'url'] as const) {
      expect(explained(signed(version, mode), 'other')).toBeUndefined();
    }
  });

  test('calculates no more than its limit, whatever the request holds', () => {
    let hmacs = 0;
    const count = <T>(work: () => T): T => {
      hmacs += 1;
      return work();
    };
    const counted: Hashes = {
      ...hashes,
      hmacSha1: (key, data) => count(() => hashes.hmacSha1(key, data)),
      hmacSha256: (key, data) => count(() => hashes.hmacSha256(key, data)),
      hmacSha256Hex: (key, data) => count(() => hashes.hmacSha256Hex(key, data)),
    };
    let request = signed(version, 'url', {
      ...plain,
      key: '/photos/caf\u00e9 a+b%20c/',
      query: [['response-content-disposition', 'a b+c%20']],
      headers: [['Content-Type', 'text/plain;charset=utf-8']],
    });
    for (const name of ['acl', 'versionId', 'utm', 'x-oss-process', 'response-expires']) {
      request = setQuery(request, name, 'x y');
      request = setHeader(request, `x-oss-meta-${name}`, 'x');
    }
    request = setHeader({ ...request, method: 'PATCH' }, 'Host', 'label.example.com');
    const mine = new SigningKeyCache();
    // The key of the day is derived once by the verifier; it is not the explanation's.
    const scope = { date: '20260102', region: 'cn-hangzhou', product: 'oss' };
    mine.get('other', scope, hashes);
    expect(explainMismatch(request, 'other', { hashes: counted, keys: mine })).toBeUndefined();
    expect(hmacs).toBe(recalculationsMax);
    expect(recalculationsMax).toBeLessThanOrEqual(12);
  });

  test('does not work on what is large', () => {
    const many = Array.from({ length: explainedFieldsMax + 1 }, (_, at) => `a${at}`);
    const sent = signed(version, 'url');
    const query = many.map((name): [string, string] => [name, 'x']);
    const bent = { ...sent, method: 'HEAD' };
    expect(explained(bent)).toBeDefined();
    const untouched: Hashes = {
      ...hashes,
      hmacSha1: () => expect.unreachable(),
      hmacSha256: () => expect.unreachable(),
      hmacSha256Hex: () => expect.unreachable(),
    };
    for (const large of [
      { ...bent, query: [...bent.query, ...query] },
      { ...bent, headers: query },
    ]) {
      expect(explainMismatch(large, 'secret', { hashes: untouched, keys })).toBeUndefined();
    }
  });
});

test('what recorded SDKs signed has a hint too when its method changes', async () => {
  let hints = 0;
  for (const vector of wireVectors.filter(({ verified }) => verified.server === true)) {
    const request = wireRequest(vector);
    const method = request.method === 'GET' ? 'HEAD' : 'GET';
    const mend = explained({ ...request, method }, vector.access_key_secret);
    if (mend === undefined) continue;
    expect(mend.sentence).toMatch(new RegExp(`was made for ${request.method}; .* ${method}\\.$`));
    const by = { ...verifierOf(vector), nowMs: nowOf(vector) };
    expect(await outcome(mend.request, by), vector.id).toBe('accepted');
    hints += 1;
  }
  expect(hints).toBe(302);
});

test('a mend never names another key', async () => {
  // V1 does not cover the key's id, and this one changes when it is decoded once more.
  const by = { ...signer, accessKeyId: 'LTAI%41' };
  const made = { ...plain, query: [['response-content-language', 'a b']] as const };
  const sent = signed('v1', 'url', made, { signer: by });
  const bent = setQuery(sent, 'response-content-language', 'a%20b');
  expect(explained(bent)).toBeUndefined();
  const ordinary = setQuery(signed('v1', 'url', made), 'response-content-language', 'a%20b');
  expect(explained(ordinary)?.sentence).toContain('encoded twice');
});

describe('whatever bends a request', () => {
  const piece = fc.constantFrom(
    'a',
    'b c',
    'd+e',
    '%20',
    '%2B',
    'é',
    '文',
    '/',
    '=',
    '&',
    '?',
    'x',
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const name = fc.constantFrom(
    'versionId',
    'response-expires',
    'utm',
    'x-oss-meta-a',
    'prefix',
    'a;b',
  );
  const made: fc.Arbitrary<SignableRequest> = fc.record({
    method: fc.constantFrom('GET', 'PUT', 'HEAD', 'POST', 'DELETE'),
    bucket: fc.constantFrom('bucket', 'other-bucket'),
    key: fc.option(text, { nil: undefined }),
    query: fc.uniqueArray(fc.tuple(name, text), { maxLength: 3, selector: ([given]) => given }),
    headers: fc.uniqueArray(
      fc.tuple(fc.constantFrom('content-type', 'x-oss-meta-a', 'Host'), text),
      { maxLength: 2, selector: ([given]) => given },
    ),
  });
  const bend: fc.Arbitrary<(request: SignableRequest) => SignableRequest> = fc.oneof(
    made.map(({ method }) => (request: SignableRequest) => ({ ...request, method })),
    made.map(({ bucket }) => (request: SignableRequest) => ({ ...request, bucket })),
    made.map(({ key }) => (request: SignableRequest) => ({ ...request, key })),
    fc.tuple(name, text).map(
      ([given, value]) =>
        (request: SignableRequest) =>
          setQuery(request, given, value),
    ),
    fc.tuple(name, text).map(
      ([given, value]) =>
        (request: SignableRequest) =>
          setHeader(request, given, value),
    ),
    fc.constantFrom(...breaks.map((one) => one.bend)),
    fc.constantFrom(...unprovable.map((one) => one.bend)),
  );

  test.each(versions)(
    'a hint of %s is true, short ASCII, and gives nothing away',
    async (version) => {
      let hints = 0;
      await fc.assert(
        fc.asyncProperty(made, fc.array(bend, { maxLength: 2 }), async (request, bends) => {
          const bent = bends.reduce((so, one) => one(so), signed(version, 'url', request));
          const mend = explained(bent);
          if (mend === undefined || (await outcome(bent, verifier())) === 'accepted') return;
          hints += 1;
          expect(await outcome(mend.request, verifier())).toBe('accepted');
          expect(mend.sentence).toMatch(/^The [\x20-\x7e]{10,400}\.$/);
          const own = bent.query.filter(([given]) => !signatureQueryNames.has(given));
          const right = signed(version, 'url', { ...bent, query: own });
          for (const secret of [signer.accessKeySecret, ...signatures(bent, mend.request, right)]) {
            expect(mend.sentence).not.toContain(secret);
          }
        }),
        { numRuns: 600 },
      );
      expect(hints).toBeGreaterThan(50);
    },
  );
});

function signatures(...requests: SignableRequest[]): string[] {
  return requests.flatMap(({ query }) =>
    query.flatMap(([name, value]) => (/^(x-oss-s|S)ignature$/.test(name) && value ? [value] : [])),
  );
}
