// What V1 tolerates and what that must not open (signing reference §3.1, §3.2, §3.5; choices
// rows 7 and 10).
import { describe, expect, test } from 'vitest';
import type { OssError } from '../../../src/errors/index.ts';
import type { QueryPairs } from '../../../src/http/pairs.ts';
import {
  explainRefusal,
  hintHeader,
  isAmbiguousKeyV1,
  isAmbiguousQueryV1,
  type SignableRequest,
  signV1,
  verify,
} from '../../../src/signing/index.ts';
import { signatureV1 } from '../../../src/signing/v1/sign.ts';
import { stringToSignV1 } from '../../../src/signing/v1/string-to-sign.ts';
import { outcome, refusalOf } from '../outcome.ts';
import {
  credential,
  isoNow,
  modes,
  plain,
  setHeader,
  signed,
  signer,
  verifier,
} from '../signed.ts';
import { hashes } from '../vectors.ts';

const mismatch = '403 SignatureDoesNotMatch 0002-00000040';

/** Signed over another request than the one that is sent. */
function swapped(mode: 'header' | 'url', over: SignableRequest, sent: QueryPairs): SignableRequest {
  const request = signed('v1', mode, over);
  const own = over.query.length;
  return { ...request, query: [...sent, ...request.query.slice(own)] };
}

describe.each(modes)('V1 %s', (mode) => {
  test('names that V1 does not sign stay, and are not reported', async () => {
    const query: QueryPairs = [
      ['prefix', 'a'],
      ['marker', ''],
      ['anything', 'x'],
      ['regions', undefined],
    ];
    const verified = await verify(swapped(mode, plain, query), verifier());
    expect(verified).toMatchObject({ fallback: null, unsignedQuery: [] });
  });

  test('an x-oss-* parameter added afterwards is accepted only as one to remove', async () => {
    const query: QueryPairs = [
      ['x-oss-process', 'image/resize,w_1'],
      ['prefix', 'a'],
      ['x-oss-process', 'twice'],
      ['x-oss-traffic-limit', '1'],
    ];
    const verified = await verify(swapped(mode, plain, query), verifier());
    expect(verified).toMatchObject({
      fallback: 'x-oss-* query unsigned',
      unsignedQuery: ['x-oss-process', 'x-oss-traffic-limit'],
    });
  });

  test('a signed x-oss-* parameter can not be dropped or changed', async () => {
    const over = { ...plain, query: [['x-oss-traffic-limit', '819200']] as const };
    expect(await outcome(swapped(mode, over, []), verifier())).toBe(mismatch);
    const other: QueryPairs = [['x-oss-traffic-limit', '838860800']];
    expect(await outcome(swapped(mode, over, other), verifier())).toBe(mismatch);
    expect(await outcome(swapped(mode, over, over.query), verifier())).toBe('accepted');
  });

  test.each([
    ['an equals sign moved into the name', [['x-oss-traffic-limit=819200', undefined]]],
    ['an equals sign moved into the name, empty', [['x-oss-traffic-limit=819200', '']]],
    ['a parameter moved into a value', [['response-expires', 'a&x-oss-traffic-limit=819200']]],
    ['a parameter moved into a name', [['x-oss-a&x-oss-traffic-limit', '819200']]],
  ] as [string, QueryPairs][])('%s', async (_, sent) => {
    const name = sent[0]?.[0] ?? '';
    const over: [string, string][] = [['x-oss-traffic-limit', '819200']];
    if (name === 'response-expires') over.unshift(['response-expires', 'a']);
    if (name.startsWith('x-oss-a&')) over.unshift(['x-oss-a', '']);
    const request = swapped(mode, { ...plain, query: over }, sent);
    expect(stringToSignV1({ ...plain, query: sent }, new Map())).toBe(
      stringToSignV1({ ...plain, query: over }, new Map()),
    );
    const error = await refusalOf(() => verify(request, verifier()));
    expect(error.code).toBe('SignatureDoesNotMatch');
    const explained = explainRefusal(error, request, { ...verifier(), credential }) as OssError;
    expect(explained.headers[hintHeader]).toContain('sign this request with V4.');
  });

  test('an ampersand in a value that names nothing is fine', async () => {
    const query = [['response-content-disposition', 'attachment; filename="a&b=c.txt"']] as const;
    expect(await outcome(signed('v1', mode, { ...plain, query }), verifier())).toBe('accepted');
  });

  test('a raw plus is a space by now, and fails', async () => {
    const query = [['response-content-type', 'a+b']] as const;
    const spaced: QueryPairs = [['response-content-type', 'a b']];
    expect(await outcome(swapped(mode, { ...plain, query }, spaced), verifier())).toBe(mismatch);
  });
});

test('keys with a question mark can be told', () => {
  expect(isAmbiguousKeyV1({ key: 'a?acl' })).toBe(true);
  expect(isAmbiguousKeyV1({ key: 'a' })).toBe(false);
  expect(isAmbiguousKeyV1({})).toBe(false);
  expect(isAmbiguousQueryV1({ query: [['x', 'a&acl']] })).toBe(false);
  expect(isAmbiguousQueryV1({ query: [['acl', 'a&acl']] })).toBe(true);
});

describe('headers', () => {
  const bothDates = setHeader(
    setHeader(plain, 'x-oss-date', isoNow),
    'Date',
    'Fri, 02 Jan 2026 03:04:06 GMT',
  );

  function sign(request: SignableRequest, options: Parameters<typeof stringToSignV1>[2]) {
    const headers = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const text = stringToSignV1(request, headers, options);
    const signature = signatureV1(signer.accessKeySecret, text, hashes);
    return setHeader(request, 'Authorization', `OSS ${signer.accessKeyId}:${signature}`);
  }

  test('Date in the place of x-oss-date', async () => {
    const verified = await verify(sign(bothDates, { preferDate: true }), verifier());
    expect(verified).toMatchObject({ fallback: 'Date before x-oss-date', unsignedQuery: [] });
  });

  test('an unsigned token still has to be the right one', async () => {
    const request = setHeader(
      setHeader(plain, 'x-oss-date', isoNow),
      'x-oss-security-token',
      'token',
    );
    const unsigned = sign(request, { withoutToken: true });
    const temporary = { ...signer, secret: 'secret', enabled: true, token: 'token' };
    const by = verifier({ credential: temporary });
    expect(await verify(unsigned, by)).toMatchObject({ fallback: 'token header unsigned' });
    const other = setHeader(unsigned, 'x-oss-security-token', 'tokex');
    expect(await outcome(other, by)).toBe('403 InvalidSecurityToken 0002-00000006');
  });

  test('no other x-oss-* header may be unsigned', async () => {
    const request = setHeader(plain, 'x-oss-date', isoNow);
    const { authorization } = signV1(request, signer, hashes);
    const sent = setHeader(setHeader(request, 'Authorization', authorization), 'x-oss-acl', 'x');
    expect(await outcome(sent, verifier())).toBe(mismatch);
  });
});
