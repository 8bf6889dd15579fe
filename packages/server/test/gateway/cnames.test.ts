// Custom domains over the wire: tokens, a name server that a test runs, binding and letting go, and a
// signed URL on a domain whose signature covers the bucket. Rules: operations reference T1-52 to T1-56.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccessKey } from '../../src/index.ts';
import { makeCertificate } from '../support/certificates.ts';
import {
  bucket,
  expectRefusal,
  type GatewayUnderTest,
  quick,
  rootKey,
  startGateway,
} from '../support/gateway-under-test.ts';
import { NameServer } from '../support/name-server.ts';
import { element, type RawResponse } from '../support/raw-http.ts';

const domain = 'static.example.com';
const configured = 'files.example.com';
const bob: AccessKey = { accessKeyId: 'bobs-key', accessKeySecret: 'bobs-secret' };

const names = new NameServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  const keys = [{ id: bob.accessKeyId, secret: bob.accessKeySecret }];
  gateway = await startGateway({
    cnameResolver: [await names.start()],
    cnames: { [configured]: bucket },
    accounts: [{ id: '2000000000000002', keys }],
  });
  const put = { method: 'PUT', target: `/${bucket}/a%2Bb.txt`, bucket, key: 'a+b.txt' };
  await gateway.signed({ ...put, body: Buffer.from('through a domain') }, quick);
  const theirs = { method: 'PUT', target: '/bobs-bucket', bucket: 'bobs-bucket' };
  await gateway.signed(theirs, quick, bob);
});

afterAll(async () => {
  names.stop();
  await gateway.server.stop();
});

function ask(
  method: string,
  query: string,
  body?: string,
  as: AccessKey = rootKey,
  inBucket = bucket,
): Promise<RawResponse> {
  const target = `/${inBucket}?${query}`;
  const bytes = body === undefined ? {} : { body: Buffer.from(body) };
  return gateway.signed({ method, target, bucket: inBucket, ...bytes }, quick, as);
}

const cname = (name: string, more = ''): string =>
  `<BucketCnameConfiguration><Cname><Domain>${name}</Domain>${more}</Cname>` +
  '</BucketCnameConfiguration>';
const bind = (name: string, more = ''): Promise<RawResponse> =>
  ask('POST', 'cname&comp=add', cname(name, more));
const getObject = (host: string): Promise<RawResponse> =>
  gateway.link({ host, path: '/a%2Bb.txt', key: 'a+b.txt' });

async function publish(name: string): Promise<string> {
  const made = await ask('POST', 'cname&comp=token', cname(name));
  expect(made.status).toBe(200);
  const token = element(made.text, 'Token') ?? '';
  names.texts.set(`_dnsauth.${name}`, token);
  return token;
}

describe('a domain bound through the API', () => {
  beforeEach(() => names.texts.clear());

  test('needs its token in the TXT record', async () => {
    const unverified = { status: 403, code: 'NeedVerifyDomainOwnership', ec: '0018-00000115' };
    expectRefusal(await bind(domain), unverified);
    expectRefusal(await ask('GET', `cname=${domain}&comp=token`), {
      status: 404,
      code: 'CnameTokenNotFound',
    });
    const token = await publish(domain);
    const shown = await ask('GET', `cname=${domain}&comp=token`);
    expect(element(shown.text, 'Token')).toBe(token);
    expect(element(shown.text, 'Bucket')).toBe(bucket);
    expect(element(shown.text, 'Cname')).toBe(domain);
    expect(element(shown.text, 'ExpireTime')).toBe('Sun, 18 Jan 2026 12:00:00 GMT');
    names.texts.set(`_dnsauth.${domain}`, `${token}x`);
    expectRefusal(await bind(domain), unverified);
    expect((await getObject(domain)).status).not.toBe(200);
    names.texts.set(`_dnsauth.${domain}`, token);
    expect((await bind(domain)).status).toBe(200);
  });

  test('answers signed URLs at once, in any case and with a port', async () => {
    for (const host of [domain, 'STATIC.example.com', `${domain}:443`, `${domain}.`]) {
      const got = await getObject(host);
      expect([got.status, got.text]).toEqual([200, 'through a domain']);
    }
    expectRefusal(await gateway.link({ host: domain, key: 'a+b.txt' }), {
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });

  test('is listed with those of the configuration', async () => {
    const listed = await ask('GET', 'cname');
    const found = [...listed.text.matchAll(/<Domain>([^<]*)<\/Domain>/g)].map(([, name]) => name);
    expect(found).toEqual([configured, domain]);
    expect(element(listed.text, 'Owner')).toBe('1000000000000001');
    expect(listed.text).not.toContain('<Certificate>');
  });

  test('may bring a certificate, whose key is not shown', async () => {
    const { certificate, privateKey } = makeCertificate(domain);
    const pem =
      '<CertificateConfiguration><CertId></CertId>' +
      `<Certificate>${certificate}</Certificate><PrivateKey>${privateKey}</PrivateKey>` +
      '</CertificateConfiguration>';
    const put = await bind(domain, pem.replace('<CertId></CertId>', ''));
    expect(put.status).toBe(200);
    const listed = await ask('GET', 'cname');
    expect(element(listed.text, 'Fingerprint')).toMatch(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
    expect(element(listed.text, 'CertId')).toMatch(/^\d{8}-cn-hangzhou$/);
    expect(listed.text).not.toContain('PRIVATE');
    const half = `<CertificateConfiguration><Certificate>${certificate}</Certificate></CertificateConfiguration>`;
    expectRefusal(await bind(domain, half), {
      status: 400,
      code: 'InvalidArgument',
      elements: { ArgumentName: 'PrivateKey' },
    });
    const byId =
      '<CertificateConfiguration><CertId>1-cn-hangzhou</CertId></CertificateConfiguration>';
    expectRefusal(await bind(domain, byId), { status: 400, code: 'NotImplemented' });
  });

  test('is let go, and leads nowhere from then on', async () => {
    expect((await ask('POST', 'cname&comp=delete', cname(domain))).status).toBe(200);
    expect((await ask('POST', 'cname&comp=delete', cname(domain))).status).toBe(200);
    expect((await getObject(domain)).status).not.toBe(200);
  });

  test('of another account is refused, and stays where it is', async () => {
    await publish(domain);
    expect((await bind(domain)).status).toBe(200);
    names.texts.clear();
    const theirs = await ask('POST', 'cname&comp=add', cname(domain), bob, 'bobs-bucket');
    expectRefusal(theirs, { status: 403, code: 'CnameDenied' });
    const letGo = await ask('POST', 'cname&comp=delete', cname(domain), bob, 'bobs-bucket');
    expect(letGo.status).toBe(200);
    expect((await getObject(domain)).status).toBe(200);
  });
});

describe('a domain of the configuration', () => {
  test('works without a proof, and its signature covers the bucket', async () => {
    expect((await getObject(configured)).text).toBe('through a domain');
  });

  test('is not to be had by another bucket, nor let go', async () => {
    const theirs = await ask('POST', 'cname&comp=add', cname(configured), bob, 'bobs-bucket');
    expectRefusal(theirs, { status: 403, code: 'CnameDenied' });
    expectRefusal(await ask('POST', 'cname&comp=delete', cname(configured)), {
      status: 403,
      code: 'AccessDenied',
      message: /configuration/,
    });
    expect((await bind(configured)).status).toBe(200);
    expect((await getObject(configured)).status).toBe(200);
  });
});

test.each([
  '127.0.0.1',
  'localhost',
  'bucket.localhost',
  'oss-cn-hangzhou.aliyuncs.com',
  'x.oss-cn-hangzhou.aliyuncs.com',
  'example',
  'https://example.com',
  'example.com:80',
  'ex ample.com',
  '*.example.com',
  '-a.example.com',
  '',
])('the domain %o is refused', async (name) => {
  for (const comp of ['add', 'token']) {
    expectRefusal(await ask('POST', `cname&comp=${comp}`, cname(name)), {
      status: 400,
      code: 'InvalidArgument',
    });
  }
});
