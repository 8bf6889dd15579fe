// Custom domains: the proof of ownership, what a domain leads to, certificates, and what is left when
// a bucket goes.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bucket } from '../../src/core/buckets/bucket.ts';
import { certificateFacts } from '../../src/core/cnames/domain-certificate.ts';
import { makeCertificate } from '../support/certificates.ts';
import { rowsOf } from './invariants.ts';
import {
  codeOf,
  createBucket,
  getBucket,
  openTestStore,
  stranger,
  type TestStore,
} from './test-store.ts';

const domain = 'static.example.com';
let texts: Map<string, string[]>;
let opened: TestStore;
let bucket: Bucket;

beforeEach(async () => {
  texts = new Map();
  const domainTexts = { find: async (name: string) => texts.get(name) ?? [] };
  opened = await openTestStore({ domainTexts });
  bucket = await createBucket(opened);
});

async function prove(of: Bucket, name = domain): Promise<void> {
  const { token } = await opened.store.cnames.createToken(of, name);
  texts.set(`_dnsauth.${name}`, ['v=spf1 -all', token]);
}

async function targetOf(name = domain): Promise<string | undefined> {
  return (await opened.store.cnames.find(await opened.store.view({ domain: name }), name))
    ?.bucketName;
}

async function domainsOf(of: Bucket): Promise<string[]> {
  return (await opened.store.cnames.list(of)).map((binding) => binding.domain);
}

async function strangersBucket(): Promise<Bucket> {
  await opened.store.buckets.create('foreign', stranger);
  return getBucket(opened, 'foreign');
}

describe('the proof', () => {
  test('no token, no record, another text: not bound', async () => {
    const bind = () => codeOf(opened.store.cnames.bind(bucket, { domain }));
    expect(await bind()).toBe('NeedVerifyDomainOwnership');
    const { token } = await opened.store.cnames.createToken(bucket, domain);
    expect(await bind()).toBe('NeedVerifyDomainOwnership');
    texts.set(`_dnsauth.${domain}`, [`${token}0`, token.slice(1)]);
    expect(await bind()).toBe('NeedVerifyDomainOwnership');
    texts.set(domain, [token]);
    expect(await bind()).toBe('NeedVerifyDomainOwnership');
    expect(await targetOf()).toBeUndefined();
    texts.set(`_dnsauth.${domain}`, [token]);
    expect(await bind()).toBeUndefined();
    expect(await targetOf()).toBe('bucket');
    expect(await domainsOf(bucket)).toEqual([domain]);
  });

  test('the token of another bucket or domain does not count', async () => {
    const other = await createBucket(opened, 'other');
    const { token } = await opened.store.cnames.createToken(other, domain);
    texts.set(`_dnsauth.${domain}`, [token]);
    const { token: sibling } = await opened.store.cnames.createToken(bucket, 'example.com');
    texts.set('_dnsauth.example.com', [sibling]);
    expect(await codeOf(opened.store.cnames.bind(bucket, { domain }))).toBe(
      'NeedVerifyDomainOwnership',
    );
  });

  test('a token is given again while it is good, for 72 hours', async () => {
    expect(await codeOf(opened.store.cnames.token(bucket, domain))).toBe('CnameTokenNotFound');
    const first = await opened.store.cnames.createToken(bucket, domain);
    expect(first.expiresMs).toBe(opened.clock.now() + 72 * 3_600_000);
    texts.set(`_dnsauth.${domain}`, [first.token]);
    opened.clock.advance(71 * 3_600_000);
    expect(await opened.store.cnames.createToken(bucket, domain)).toEqual(first);
    expect(await opened.store.cnames.token(bucket, domain)).toEqual(first);
    opened.clock.advance(3_600_000);
    expect(await codeOf(opened.store.cnames.token(bucket, domain))).toBe('CnameTokenNotFound');
    expect(await codeOf(opened.store.cnames.bind(bucket, { domain }))).toBe(
      'NeedVerifyDomainOwnership',
    );
    const second = await opened.store.cnames.createToken(bucket, domain);
    expect(second.token).not.toBe(first.token);
  });

  test('a resolver that fails proves nothing', async () => {
    const domainTexts = {
      find: async () => {
        throw new Error('queryTxt ETIMEOUT');
      },
    };
    const failing = await openTestStore({ domainTexts });
    const here = await createBucket(failing);
    await failing.store.cnames.createToken(here, domain);
    expect(await codeOf(failing.store.cnames.bind(here, { domain }))).toBe(
      'NeedVerifyDomainOwnership',
    );
  });
});

test.each([253, 254, 1_200, 60_000])('a host of %i characters leads nowhere', async (length) => {
  const name = 'a'.repeat(length);
  expect(await targetOf(name)).toBeUndefined();
  expect(await opened.store.cnames.isBound(name)).toBe(false);
  expect(await opened.store.cnames.certificate(name)).toBeUndefined();
});

test('the longest domain there can be is bound', async () => {
  const longest = `${'a.'.repeat(126)}a`;
  await prove(bucket, longest);
  await opened.store.cnames.bind(bucket, { domain: longest });
  expect(await targetOf(longest)).toBe('bucket');
  expect(await opened.store.cnames.isBound(longest)).toBe(true);
});

describe('a domain that is bound', () => {
  beforeEach(async () => {
    await prove(bucket);
    await opened.store.cnames.bind(bucket, { domain });
  });

  test('is not asked for a proof again by its bucket', async () => {
    texts.clear();
    await opened.store.cnames.bind(bucket, { domain });
    expect(await domainsOf(bucket)).toEqual([domain]);
  });

  test('its owner has to let it go before another bucket of theirs gets it', async () => {
    const other = await createBucket(opened, 'other');
    expect(await codeOf(opened.store.cnames.bind(other, { domain }))).toBe('CnameAlreadyExists');
    await prove(other);
    expect(await codeOf(opened.store.cnames.bind(other, { domain }))).toBe('CnameAlreadyExists');
    await opened.store.cnames.unbind(bucket, domain);
    await opened.store.cnames.bind(other, { domain });
    expect(await targetOf()).toBe('other');
    expect(await domainsOf(bucket)).toEqual([]);
  });

  test('a stranger is refused, and gets it with a proof', async () => {
    const foreign = await strangersBucket();
    expect(await codeOf(opened.store.cnames.bind(foreign, { domain }))).toBe('CnameDenied');
    await opened.store.cnames.unbind(foreign, domain);
    expect(await targetOf()).toBe('bucket');
    await prove(foreign);
    await opened.store.cnames.bind(foreign, { domain });
    expect(await targetOf()).toBe('foreign');
    expect(await domainsOf(foreign)).toEqual([domain]);
    expect(await domainsOf(bucket)).toEqual([]);
  });

  test('leads to nothing when its bucket is gone, and not to the next of that name', async () => {
    await opened.store.buckets.delete(bucket);
    expect(await targetOf()).toBeUndefined();
    expect(await rowsOf(opened.metadata, 'H')).toEqual([]);
    await opened.store.buckets.create('bucket', stranger);
    expect(await targetOf()).toBeUndefined();
  });

  test('deletion and binding at the same time leave no domain behind', async () => {
    for (let round = 0; round < 50; round += 1) {
      const name = `racing${round}`;
      const racing = await createBucket(opened, name);
      const [, deleted] = await Promise.all([
        codeOf(
          opened.store.cnames.bind(racing, { domain: `d${round}.example.com`, isVouchedFor: true }),
        ),
        codeOf(opened.store.buckets.delete(racing)),
      ]);
      expect(deleted).toBeUndefined();
      expect(await targetOf(`d${round}.example.com`)).toBeUndefined();
    }
  });
});

test('two owners with a proof each: one has it', async () => {
  const foreign = await strangersBucket();
  const [a, b] = await Promise.all([
    opened.store.cnames.createToken(bucket, domain),
    opened.store.cnames.createToken(foreign, domain),
  ]);
  texts.set(`_dnsauth.${domain}`, [a.token, b.token]);
  await Promise.all([
    opened.store.cnames.bind(bucket, { domain }),
    opened.store.cnames.bind(foreign, { domain }),
  ]);
  const lists = [await domainsOf(bucket), await domainsOf(foreign)].flat();
  expect(lists).toEqual([domain]);
});

test('a bucket has at most 100 domains', async () => {
  const bind = (at: number) =>
    opened.store.cnames.bind(bucket, { domain: `d${at}.example.com`, isVouchedFor: true });
  for (let at = 0; at < 100; at += 1) await bind(at);
  expect(await codeOf(bind(100))).toBe('TooManyCnames');
  expect(await domainsOf(bucket)).toHaveLength(100);
});

describe('a certificate', () => {
  const good = makeCertificate(domain, '*.example.com');
  const other = makeCertificate('other.example.org');

  beforeEach(async () => {
    await opened.store.cnames.bind(bucket, { domain, isVouchedFor: true });
  });

  test('is stored with its key encrypted, and found by the domain', async () => {
    await opened.store.cnames.bind(bucket, { domain, ...good });
    expect(await opened.store.cnames.certificate(domain)).toMatchObject({
      ...good,
      certId: expect.stringMatching(/^\d{8}-cn-hangzhou$/),
      createdMs: opened.clock.now(),
    });
    const [row] = await rowsOf(opened.metadata, 'H');
    expect(row?.value.includes('BEGIN CERTIFICATE')).toBe(true);
    expect(row?.value.includes('PRIVATE KEY')).toBe(false);
  });

  test('of another domain, with another key, or none at all is refused whole', async () => {
    const bind = (wish: object) => codeOf(opened.store.cnames.bind(bucket, { domain, ...wish }));
    expect(await bind(other)).toBe('InvalidArgument');
    expect(await bind({ ...good, privateKey: other.privateKey })).toBe('InvalidArgument');
    expect(await bind({ ...good, privateKey: 'secret words' })).toBe('InvalidArgument');
    expect(await bind({ ...good, certificate: good.privateKey })).toBe('InvalidArgument');
    expect(await opened.store.cnames.certificate(domain)).toBeUndefined();
  });

  test('what was sent as a key is not repeated in the refusal', async () => {
    const bind = opened.store.cnames.bind(bucket, { domain, ...good, privateKey: 'secret words' });
    const refusal = await bind.catch((error: Error) => error);
    expect(JSON.stringify([refusal, (refusal as Error).message])).not.toContain('secret words');
  });

  test('is replaced under its id, or by force, or removed', async () => {
    const bind = (wish: object) => codeOf(opened.store.cnames.bind(bucket, { domain, ...wish }));
    await bind(good);
    const first = (await opened.store.cnames.certificate(domain))?.certId;
    const next = makeCertificate(domain);
    expect(await bind({ ...next, previousCertId: '1-cn-hangzhou' })).toBe(
      'CasRenewCertificateConflict',
    );
    expect(await bind({ ...next, previousCertId: first })).toBeUndefined();
    expect((await opened.store.cnames.certificate(domain))?.certificate).toBe(next.certificate);
    expect(await bind({ ...good, previousCertId: first, force: true })).toBeUndefined();
    expect(await bind({ deleteCertificate: true })).toBeUndefined();
    expect(await opened.store.cnames.certificate(domain)).toBeUndefined();
    expect(await domainsOf(bucket)).toEqual([domain]);
  });

  test('does not go with the domain to a stranger', async () => {
    await opened.store.cnames.bind(bucket, { domain, ...good });
    const foreign = await strangersBucket();
    await prove(foreign);
    await opened.store.cnames.bind(foreign, { domain });
    expect(await opened.store.cnames.certificate(domain)).toBeUndefined();
  });

  test('its facts are those that browsers show', () => {
    const facts = certificateFacts(good.certificate);
    expect(facts.fingerprint).toMatch(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
    expect(facts.validToMs - facts.validFromMs).toBe(30 * 86_400_000);
  });
});
