// Which refusals get a hint, what it says, and that nothing else of the refusal changes.
import { describe, expect, test } from 'vitest';
import { OssError, ossError } from '../../../src/errors/index.ts';
import type { QueryPairs } from '../../../src/http/pairs.ts';
import { parseErrorDocument, renderErrorDocument } from '../../../src/operations/index.ts';
import {
  type Credential,
  explainAnonymous,
  explainRefusal,
  type SignableRequest,
  type Verifier,
  verify,
} from '../../../src/signing/index.ts';
import { refusalOf } from '../outcome.ts';
import {
  credential,
  nowMs,
  plain,
  setQuery,
  signed,
  signer,
  verifier,
  versions,
} from '../signed.ts';
import { mapValues } from './breaks.ts';

const token = 'CAIS+to/ken+==';
const temporary: Credential = { ...credential, token };

async function refused(
  request: SignableRequest,
  by: Verifier<Credential> = verifier(),
): Promise<{ plainly: OssError; explained: OssError }> {
  const plainly = await refusalOf(() => verify(request, by));
  const found = await by.find(signer.accessKeyId);
  const explained = explainRefusal(plainly, request, { ...by, credential: found });
  if (!(explained instanceof OssError)) throw explained;
  return { plainly, explained };
}

async function hintOf(request: SignableRequest, by?: Verifier<Credential>): Promise<unknown> {
  return (await refused(request, by)).explained.headers['x-osskeep-hint'];
}

/** What tells that it is a link comes first; behind the others' `&` it would be read as not signed. */
const escaped = (query: QueryPairs): QueryPairs => {
  const isFirst = ([name]: QueryPairs[number]): boolean => name === 'x-oss-signature-version';
  const first = query.find(isFirst) ?? query[0];
  const others = query.filter((pair) => pair !== first);
  const behind = others.map(([name, value]) => [`amp;${name}`, value] as const);
  return first === undefined ? behind : [first, ...behind];
};

describe.each(versions)('%s', (version) => {
  test('a hint changes nothing else of the refusal', async () => {
    const { plainly, explained } = await refused({ ...signed(version, 'url'), method: 'HEAD' });
    const hint = 'The link was made for GET; it was used with HEAD.';
    expect(explained).toMatchObject({
      code: plainly.code,
      status: plainly.status,
      message: plainly.message,
      ec: plainly.ec,
      headers: { ...plainly.headers, 'x-osskeep-hint': hint },
      closeConnection: plainly.closeConnection,
    });
    const added = Object.entries({ ...plainly.details, Hint: hint });
    expect(Object.entries(explained.details)).toEqual(added);
    const document = renderErrorDocument(explained, { requestId: 'A'.repeat(24), hostId: 'h' });
    expect(document).toMatch(new RegExp(`<Hint>${hint}</Hint><EC>${plainly.ec}</EC>`));
    const read = parseErrorDocument(Buffer.from(document), 403);
    expect(read?.details['Hint']).toBe(hint);
  });

  test('no hint: the refusal itself comes back', async () => {
    const wrong = signed(version, 'url', plain, { signer: { ...signer, accessKeySecret: 'x' } });
    const { plainly, explained } = await refused(wrong);
    expect(explained).toBe(plainly);
    const other = new TypeError('x');
    const by = { ...verifier(), credential };
    expect(explainRefusal(other, wrong, by)).toBe(other);
  });

  test('nothing is calculated for a key that is unknown or disabled', async () => {
    const bent = { ...signed(version, 'url'), method: 'HEAD' };
    const off = { ...credential, enabled: false };
    expect(await hintOf(bent, verifier({ credential: off }))).toBeUndefined();
    expect(await hintOf(bent, verifier({ find: () => undefined }))).toBeUndefined();
    const mismatch = (await refused(bent)).plainly;
    for (const given of [off, undefined]) {
      const by = { ...verifier(), credential: given };
      expect(explainRefusal(mismatch, bent, by)).toBe(mismatch);
    }
  });

  test('&amp; for &', async () => {
    const sent = signed(version, 'url');
    const bent = { ...sent, query: escaped(sent.query) };
    expect(await hintOf(bent)).toBe('The link has &amp; where it had &: write & alone.');
    const foreign: QueryPairs = [...signed(version, 'url').query, ['amp;b', 'x'], ['acl', '']];
    expect(await hintOf({ ...plain, query: foreign })).not.toContain('&amp;');
  });

  test('a token that lost its +, or was encoded twice', async () => {
    const sent = signed(version, 'url', plain, { token });
    const by = verifier({ credential: temporary });
    const lost = mapValues(sent, (value) => (value === token ? value.replaceAll('+', ' ') : value));
    expect(await hintOf(lost, by)).toBe(
      'The security token has a space where it had +: write + in a query as %2B.',
    );
    const twice = mapValues(sent, (value) => (value === token ? encodeURIComponent(value) : value));
    expect(await hintOf(twice, by)).toBe(
      'The query is percent-encoded twice: send it as it was made.',
    );
    const other = mapValues(sent, (value) => (value === token ? 'CAIS to/ken x' : value));
    expect(await hintOf(other, by)).toBeUndefined();
    expect(await hintOf(sent)).toBeUndefined();
  });

  test('a token left out', async () => {
    const by = verifier({ credential: temporary });
    const name = version === 'v4' ? 'x-oss-security-token' : 'security-token';
    expect(await hintOf(signed(version, 'url'), by)).toBe(
      `This is a temporary access key: its links carry the token in ${name}.`,
    );
    expect(await hintOf(signed(version, 'header'), by)).toBe(
      'This is a temporary access key: send its token in the header x-oss-security-token.',
    );
  });

  test('an expired link has the words of the refusal alone', async () => {
    const late = verifier({ nowMs: nowMs + 901_000 });
    const { plainly, explained } = await refused(signed(version, 'url'), late);
    expect(plainly.message).toBe('Request has expired.');
    expect(explained).toBe(plainly);
  });
});

test('a V1 query with two readings', async () => {
  const sent = signed('v1', 'url', { ...plain, query: [['acl', 'a&tagging']] });
  const { plainly, explained } = await refused(sent);
  expect(plainly.message).toMatch(/^The request signature we calculated does not match/);
  expect(explained.headers['x-osskeep-hint']).toBe(
    'The query can be read in two ways once V1 joins it, so no V1 signature of it is taken: sign this' +
      ' request with V4.',
  );
});

describe('V4', () => {
  test('a link that its token ended', async () => {
    const week = 604_800;
    const sent = signed('v4', 'url', plain, { token, expires: week });
    const at = (seconds: number) =>
      verifier({ credential: temporary, nowMs: nowMs + seconds * 1000 });
    expect(await verify(sent, at(43_200))).not.toBeNull();
    const hint = 'A link with a security token ends 12 hours after its x-oss-date: sign a new one.';
    expect(await hintOf(sent, at(43_201))).toBe(hint);
    expect(await hintOf(sent, at(week))).toBe(hint);
    expect(await hintOf(sent, at(week + 1))).toBeUndefined();
    const short = signed('v4', 'url', plain, { token, expires: 43_200 });
    expect(await hintOf(short, at(43_201))).toBeUndefined();
  });

  test.each([
    ['cn-beijing', 'the region cn-beijing'],
    ['oss-cn-hangzhou', 'the region oss-cn-hangzhou'],
    ['', 'no region'],
    ['\u6587'.repeat(30), `the region ${'%E6%96%87'.repeat(8).slice(0, 64)}...`],
  ])('signed for the region "%s"', async (region, named) => {
    for (const mode of ['url', 'header'] as const) {
      const sent = signed('v4', mode, plain, { signer: { ...signer, region } });
      expect(await hintOf(sent)).toBe(
        `The signature was made for ${named}; the region of this service is cn-hangzhou.`,
      );
    }
  });

  test('a credential that was encoded twice', async () => {
    const sent = signed('v4', 'url');
    const bent = mapValues(sent, (value) => encodeURIComponent(value));
    expect(await hintOf(bent)).toBe('The query is percent-encoded twice: send it as it was made.');
    expect(await hintOf(setQuery(sent, 'x-oss-credential', 'a%2Fb'))).toBeUndefined();
  });
});

describe('read as anonymous', () => {
  const denied = ossError('AccessDeniedByBucketAcl');
  const hint = (query: QueryPairs): unknown => {
    const explained = explainAnonymous(denied, query);
    return explained === denied ? undefined : (explained as OssError).headers['x-osskeep-hint'];
  };

  test.each(['v2', 'v4'] as const)('a %s link without its version', (version) => {
    const { query } = setQuery(signed(version, 'url'), 'x-oss-signature-version', null);
    expect(hint(query)).toBe(
      'The link lost its x-oss-signature-version and was read as not signed: send it as it was made.',
    );
  });

  test('a link with &amp; for & whose first parameter is another', () => {
    const { query } = signed('v4', 'url', { ...plain, query: [['versionId', 'v']] });
    expect(hint(escaped(query))).toBe('The link has &amp; where it had &: write & alone.');
  });

  test('nothing of a signature', () => {
    expect(hint([])).toBeUndefined();
    expect(hint([['x-oss-process', 'x']])).toBeUndefined();
    expect(explainAnonymous('x', [])).toBe('x');
  });
});
