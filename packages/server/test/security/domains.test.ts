// Security checklist 19 and 32: whose a domain is, and what a page of another origin may read.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AccessKey } from '../../src/index.ts';
import { bucket, expectRefusal, quick, rootKey } from '../support/gateway-under-test.ts';
import { NameServer } from '../support/name-server.ts';
import { element, type RawResponse } from '../support/raw-http.ts';
import { bob, bobsBucket, content, key, otherBucket, Secured } from './secured.ts';

const names = new NameServer();
let secured: Secured;

beforeAll(async () => {
  secured = await Secured.start({ cnameResolver: [await names.start()] });
});

afterAll(async () => {
  names.stop();
  await secured.stop();
});

function onBucket(
  method: string,
  query: string,
  body?: string,
  as: AccessKey = rootKey,
  inBucket = bucket,
): Promise<RawResponse> {
  const sent = { method, target: `/${inBucket}?${query}`, bucket: inBucket };
  const whole = body === undefined ? sent : { ...sent, body: Buffer.from(body) };
  return secured.gateway.signed(whole, quick, as);
}

describe('checklist 19: a domain leads to a bucket only with a proof of its owner', () => {
  const domain = 'static.example.com';
  const cname = (name: string): string =>
    `<BucketCnameConfiguration><Cname><Domain>${name}</Domain></Cname></BucketCnameConfiguration>`;
  const bind = (name: string, as?: AccessKey, inBucket?: string): Promise<RawResponse> =>
    onBucket('POST', 'cname&comp=add', cname(name), as, inBucket);
  const token = async (name: string, as?: AccessKey, inBucket?: string): Promise<string> => {
    const made = await onBucket('POST', 'cname&comp=token', cname(name), as, inBucket);
    expect(made.status).toBe(200);
    return element(made.text, 'Token') ?? '';
  };
  const throughDomain = (): Promise<RawResponse> =>
    secured.gateway.link({ host: domain, path: '/dir/a%20b.txt', key });
  const unverified = { status: 403, code: 'NeedVerifyDomainOwnership' };

  afterEach(async () => {
    names.texts.clear();
    await onBucket('POST', 'cname&comp=delete', cname(domain));
  });

  test('unverified: no record, a wrong one, one of another bucket, domain or account', async () => {
    const mine = await token(domain);
    const others = [
      undefined,
      '',
      'x',
      `${mine}x`,
      mine.slice(1),
      mine.toLowerCase() === mine ? mine.toUpperCase() : mine.toLowerCase(),
      await token(domain, rootKey, otherBucket),
      await token('other.example.com'),
      await token(domain, bob, bobsBucket),
    ];
    for (const text of others) {
      names.texts.clear();
      if (text !== undefined) names.texts.set(`_dnsauth.${domain}`, text);
      expectRefusal(await bind(domain), unverified);
      expect((await throughDomain()).text).not.toContain(content);
    }
    // The right text, at the wrong name.
    names.texts.clear();
    for (const name of [domain, `_dnsauth.${domain}.evil.example`, '_dnsauth.example.com']) {
      names.texts.set(name, mine);
    }
    expectRefusal(await bind(domain), unverified);
    names.texts.set(`_dnsauth.${domain}`, mine);
    expect((await bind(domain)).status).toBe(200);
    expect((await throughDomain()).text).toBe(content);
  });

  test('bound to the bucket of one account, another cannot have it', async () => {
    names.texts.set(`_dnsauth.${domain}`, await token(domain));
    expect((await bind(domain)).status).toBe(200);
    names.texts.set(`_dnsauth.${domain}`, 'not theirs');
    const denied = { status: 403, code: 'CnameDenied' };
    expectRefusal(await bind(domain, bob, bobsBucket), denied);
    expect((await throughDomain()).text).toBe(content);
    const letGo = await onBucket('POST', 'cname&comp=delete', cname(domain), bob, bobsBucket);
    expect(letGo.status).toBe(200);
    expect((await throughDomain()).text).toBe(content);
  });

  test("another account cannot bind, list or ask tokens for somebody else's bucket", async () => {
    names.texts.set(`_dnsauth.${domain}`, await token(domain, bob, bobsBucket));
    for (const [method, query, body] of [
      ['POST', 'cname&comp=add', cname(domain)],
      ['POST', 'cname&comp=token', cname(domain)],
      ['POST', 'cname&comp=delete', cname(domain)],
      ['GET', 'cname', undefined],
      ['GET', `cname=${domain}&comp=token`, undefined],
    ] as const) {
      const refusal = { status: 403, code: 'AccessDenied' };
      expectRefusal(await onBucket(method, query, body, bob), refusal);
    }
  });

  test('a domain opens nothing: its links are signed for the bucket, by who may', async () => {
    names.texts.set(`_dnsauth.${domain}`, await token(domain));
    expect((await bind(domain)).status).toBe(200);
    const target = '/dir/a%20b.txt';
    const nobody = await secured.gateway.anonymous({ target, host: domain });
    expectRefusal(nobody, { status: 403, code: 'AccessDenied' });
    const theirs = { target, host: domain, bucket, key };
    expectRefusal(await secured.gateway.signed(theirs, quick, bob), {
      status: 403,
      code: 'AccessDenied',
    });
    const ofAnother = { ...theirs, bucket: otherBucket };
    expectRefusal(await secured.gateway.signed(ofAnother, quick), {
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });
});

describe('checklist 32: a page reads what a rule lets its origin read', () => {
  const page = 'https://www.example.com';
  const rule = (origin: string, more = ''): string =>
    `<CORSConfiguration><CORSRule><AllowedOrigin>${origin}</AllowedOrigin>` +
    `<AllowedMethod>GET</AllowedMethod>${more}</CORSRule></CORSConfiguration>`;
  const set = (document: string): Promise<RawResponse> => onBucket('PUT', 'cors', document);

  /** An ordinary answer, a refusal and a preflight to a page of this origin. */
  async function answersTo(origin: string): Promise<RawResponse[]> {
    const headers = [['Origin', origin]] as const;
    const ask = ['Access-Control-Request-Method', 'GET'] as const;
    const target = `/${bucket}/dir/a%20b.txt`;
    return [
      await secured.gateway.link({ key, headers }),
      await secured.gateway.anonymous({ target, headers }),
      await secured.gateway.anonymous({ method: 'OPTIONS', target, headers: [...headers, ask] }),
    ];
  }

  const leave = ({ headers }: RawResponse): string[] =>
    [...headers.keys()].filter((name) => name.startsWith('access-control-'));

  test('no rules: no headers', async () => {
    await onBucket('DELETE', 'cors');
    for (const answer of await answersTo(page)) {
      expect(leave(answer)).toEqual([]);
      expect(answer.headers.has('vary')).toBe(false);
    }
  });

  test('the origin is compared whole', async () => {
    expect((await set(rule(page))).status).toBe(200);
    for (const origin of [
      'https://www.example.com.evil.example',
      'https://evil.example/https://www.example.com',
      'https://www.example.co',
      'https://xwww.example.com',
      'https://www-example.com',
      'https://wwwXexample.com',
      'https://www.example.com:444',
      'http://www.example.com',
      'null',
      '*',
      '',
    ]) {
      for (const answer of await answersTo(origin)) expect(leave(answer), origin).toEqual([]);
    }
    const [got, refused, preflight] = await answersTo(page);
    for (const answer of [got, refused, preflight]) {
      expect(answer?.headers.get('access-control-allow-origin')).toBe(page);
      expect(answer?.headers.get('vary')).toBe('Origin');
    }
    expect([got?.status, refused?.status, preflight?.status]).toEqual([200, 403, 200]);
  });

  test('a wildcard stands for what it covers and no more', async () => {
    expect((await set(rule('https://*.example.com'))).status).toBe(200);
    for (const [origin, isAllowed] of [
      ['https://a.example.com', true],
      ['https://a.b.example.com', true],
      ['https://example.com', false],
      ['https://a.example.com.evil.example', false],
      ['https://a.example.comx', false],
      ['http://a.example.com', false],
    ] as const) {
      const [got] = await answersTo(origin);
      expect(got?.headers.get('access-control-allow-origin')).toBe(isAllowed ? origin : undefined);
      expect(got?.headers.get('vary')).toBe('Origin');
    }
  });

  test('never with credentials', async () => {
    for (const origin of ['*', page]) {
      expect((await set(rule(origin))).status).toBe(200);
      for (const answer of await answersTo(page)) {
        expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
        expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
      }
    }
  });

  test.each([
    ['AllowedOrigin', 'https://a&#13;&#10;Set-Cookie: a=b'],
    ['AllowedOrigin', '&#10;'],
    ['AllowedHeader', 'x&#13;&#10;Set-Cookie: a=b'],
    ['ExposeHeader', 'ETag&#13;&#10;Set-Cookie: a=b'],
    ['ExposeHeader', 'ETag&#10;Set-Cookie: a=b'],
    ['ExposeHeader', 'ETag\nSet-Cookie: a=b'],
    ['AllowedMethod', 'GET&#13;&#10;Set-Cookie: a=b'],
    ['MaxAgeSeconds', '1&#13;&#10;Set-Cookie: a=b'],
  ])('line ends in %s %j are refused', async (name, value) => {
    expect((await set(rule(page))).status).toBe(200);
    const refused = await set(rule(page, `<${name}>${value}</${name}>`));
    expect(refused.status, refused.text).toBe(400);
    expect(element(refused.text, 'Code')).toMatch(/^(InvalidArgument|MalformedXML)$/);
    for (const answer of await answersTo(page)) {
      expect(answer.headers.has('set-cookie')).toBe(false);
    }
  });
});
