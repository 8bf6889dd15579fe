// Certificates from the server's own authority: for which names, how long, and when they are made anew.
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { namesOf } from '../../../src/boot/tls/key-pair.ts';
import { LeafCertificates } from '../../../src/boot/tls/leaf-certificates.ts';
import { type LeafIssuer, openLeafIssuer } from '../../../src/boot/tls/leaf-issuer.ts';
import { type LocalAuthority, openLocalAuthority } from '../../../src/boot/tls/local-authority.ts';
import { defaultNames, namesUnder } from '../../../src/boot/tls/own-names.ts';

const startMs = Date.UTC(2026, 5, 1);
const dayMs = 24 * 60 * 60 * 1000;
let authority: LocalAuthority;

beforeAll(async () => {
  authority = await openLocalAuthority(undefined, startMs);
});

async function open(now: () => number): Promise<LeafCertificates> {
  return new LeafCertificates(
    await openLeafIssuer(authority),
    {
      defaultNames: ['localhost', '127.0.0.1', '::1'],
      namesFor: async (domain) => (domain.endsWith('.test') ? [domain] : undefined),
    },
    now,
  );
}

describe('a leaf', () => {
  test('is for its names, from the authority, and no authority itself', async () => {
    const leaves = await open(() => startMs);
    const made = await leaves.byDefault();
    const leaf = new X509Certificate(made.cert);
    const issuer = new X509Certificate(authority.certificate);
    expect(leaf.checkIssued(issuer)).toBe(true);
    expect(leaf.verify(issuer.publicKey)).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(leaf.checkHost('localhost')).toBe('localhost');
    expect(leaf.checkHost('other')).toBeUndefined();
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.checkIP('::1')).toBe('::1');
    expect(leaf.checkIP('10.0.0.1')).toBeUndefined();
    // The chain goes along.
    expect(made.cert).toContain(authority.certificate);
  });

  test('begins before now, and ends within what browsers take', async () => {
    const leaves = await open(() => startMs);
    const { validFromDate, validToDate } = new X509Certificate((await leaves.byDefault()).cert);
    expect(validFromDate.getTime()).toBeLessThan(startMs);
    const issuer = new X509Certificate(authority.certificate);
    expect(validFromDate.getTime()).toBeGreaterThanOrEqual(issuer.validFromDate.getTime());
    expect(validToDate.getTime() - validFromDate.getTime()).toBeLessThan(397 * dayMs);
  });

  test('does not outlive the authority', async () => {
    const issuer = new X509Certificate(authority.certificate);
    const endsMs = issuer.validToDate.getTime();
    const leaves = await open(() => endsMs - dayMs);
    const { validToDate } = new X509Certificate((await leaves.byDefault()).cert);
    expect(validToDate.getTime()).toBe(endsMs);
  });

  test('is kept, and made anew well before it ends', async () => {
    let nowMs = startMs;
    const leaves = await open(() => nowMs);
    const first = await leaves.find('a.test');
    expect(await leaves.find('a.test')).toBe(first);
    const ends = new X509Certificate(first?.cert ?? '').validToDate.getTime();
    nowMs = ends - 31 * dayMs;
    expect(await leaves.find('a.test')).toBe(first);
    nowMs = ends - 29 * dayMs;
    const second = await leaves.find('a.test');
    expect(second?.id).not.toBe(first?.id);
    expect(new X509Certificate(second?.cert ?? '').validToDate.getTime()).toBeGreaterThan(ends);
  });

  test('is made for no name of others', async () => {
    const leaves = await open(() => startMs);
    expect(await leaves.find('www.example.com')).toBeUndefined();
  });

  test('made at once for many, it is made once', async () => {
    const leaves = await open(() => startMs);
    const made = await Promise.all(Array.from({ length: 8 }, () => leaves.find('b.test')));
    expect(new Set(made.map((leaf) => leaf?.id)).size).toBe(1);
  });

  test('that could not be made is tried again', async () => {
    let fails = true;
    const issuer: LeafIssuer = {
      issue: async () => {
        if (fails) throw new Error('no entropy');
        return { id: 'made', cert: '', key: '' };
      },
    };
    const leaves = new LeafCertificates(issuer, { defaultNames: [], namesFor: async () => [] });
    await expect(leaves.byDefault()).rejects.toThrow('no entropy');
    fails = false;
    expect((await leaves.byDefault()).id).toBe('made');
  });

  test('a flood of names is forgotten again, the oldest first', async () => {
    const issued: string[] = [];
    const issuer: LeafIssuer = {
      issue: async ([name = '']) => {
        issued.push(name);
        return { id: String(issued.length), cert: '', key: '' };
      },
    };
    const leaves = new LeafCertificates(issuer, {
      defaultNames: [],
      namesFor: async (domain) => [domain],
    });
    for (let n = 0; n < 1_000; n += 1) await leaves.find(`n${n}`);
    await leaves.find('n0');
    await leaves.find('one-more');
    expect(issued).toHaveLength(1_001);
    await leaves.find('n0');
    expect(issued).toHaveLength(1_001);
    await leaves.find('n1');
    expect(issued.slice(1_001)).toEqual(['n1']);
  });
});

describe('names that are ours', () => {
  const domains = ['localhost', 'oss-cn-hangzhou.aliyuncs.com', 'oss.example.test'];
  const wild = ['oss.example.test', '*.oss.example.test'];
  test.each<[string, readonly string[] | undefined]>([
    ['oss.example.test', wild],
    ['bucket.oss.example.test', wild],
    ['a.b.oss.example.test', undefined],
    ['notoss.example.test', undefined],
    ['example.test', undefined],
    ['localhost', ['localhost']],
    ['bucket.localhost', ['bucket.localhost']],
    ['a.b.localhost', undefined],
    ['BUCKET_.localhost', undefined],
    ['localhost.example.com', undefined],
    [
      'examplebucket.oss-cn-hangzhou.aliyuncs.com',
      ['oss-cn-hangzhou.aliyuncs.com', '*.oss-cn-hangzhou.aliyuncs.com'],
    ],
    ['www.aliyun.com', undefined],
  ])('%s: %j', (name, names) => {
    expect(namesUnder(domains, name)).toEqual(names);
  });

  test('by default: this machine, and where it listens', () => {
    const base = ['localhost', '127.0.0.1', '::1'];
    expect(defaultNames([])).toEqual(base);
    expect(defaultNames(['127.0.0.1', '10.1.2.3', 'Box.lan'])).toEqual([
      ...base,
      '10.1.2.3',
      'box.lan',
    ]);
    const everywhere = defaultNames(['0.0.0.0']);
    expect(everywhere).toEqual(expect.arrayContaining(base));
    expect(everywhere).not.toContain('0.0.0.0');
  });
});

test('the names of a certificate are read from it', async () => {
  const leaves = new LeafCertificates(
    await openLeafIssuer(authority),
    { defaultNames: ['A.example.com', '*.b.example.com', '10.0.0.1'], namesFor: async () => [] },
    () => startMs,
  );
  const { cert } = await leaves.byDefault();
  expect(namesOf(new X509Certificate(cert))).toEqual(['a.example.com', '*.b.example.com']);
});
