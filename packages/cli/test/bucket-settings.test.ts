// Versioning, the bucket's ACL, access blocks, custom domains and CORS, in ossutil's words.
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Account } from './support/account.ts';

let account: Account;
const bucket = 'examplebucket';
const address = `oss://${bucket}`;

beforeAll(async () => {
  account = await Account.start();
  await account.client(bucket).putBucket();
});

afterAll(() => account?.[Symbol.asyncDispose]());

test('bucket-versioning is set and shown', async () => {
  const get = ['bucket-versioning', '--method', 'get', address];
  expect(await account.succeed(get)).toContain('bucket versioning status:null\n');
  expect(await account.json(get)).toEqual([{ kind: 'versioning', bucket, status: null }]);
  await account.succeed(['bucket-versioning', '--method', 'put', address, 'enabled']);
  expect(await account.client(bucket).getBucketVersioning()).toEqual({ status: 'Enabled' });
  expect(await account.succeed(get)).toContain('bucket versioning status:Enabled\n');
  await account.succeed(['versioning', '--method', 'PUT', address, 'Suspended']);
  expect(await account.json(get)).toEqual([{ kind: 'versioning', bucket, status: 'Suspended' }]);
});

test('access blocks and the ACL of a bucket belong together', async () => {
  const open = ['set-acl', address, 'public-read', '-b'];
  const refused = await account.osskeep(open);
  expect(refused.stderr).toContain('Code: AccessDenied (HTTP 403)');
  expect(refused.code).toBe(2);
  const [own, all] = [
    ['access-block', '--method', 'get', address],
    ['access-block', '--method', 'get'],
  ];
  expect(await account.succeed(own)).toContain('block public access:on\n');
  expect(await account.succeed(all)).toContain('block public access:off\n');
  await account.succeed(['access-block', '--method', 'put', address, 'off']);
  await account.succeed(['access-block', '--method', 'put', 'ON']);
  expect((await account.osskeep(open)).code).toBe(2);
  await account.succeed(['access-block', '--method', 'put', 'off']);
  expect(await account.json(['access-block', '--method', 'get', address])).toEqual([
    { kind: 'accessBlock', bucket, blockPublicAccess: false },
  ]);
  await account.succeed(open);
  expect((await account.client(bucket).getBucketAcl()).grant).toBe('public-read');
  await account.succeed(['set-acl', address, 'private', '-b']);
  await account.succeed(['access-block', '--method', 'delete', address]);
  await account.succeed(['access-block', '--method', 'delete']);
  expect(await account.json(all)).toEqual([
    { kind: 'accessBlock', bucket: null, blockPublicAccess: false },
  ]);
  expect(await account.json(own)).toMatchObject([{ blockPublicAccess: false }]);
});

test('set-acl -b makes no bucket that was not there', async () => {
  const done = await account.osskeep(['set-acl', 'oss://mistyped-bucket', 'private', '-b']);
  expect(done.stderr).toContain('Code: NoSuchBucket (HTTP 404)');
  expect(await account.client('mistyped-bucket').bucketExists()).toBe(false);
});

const rules = `<?xml version="1.0" encoding="UTF-8"?>
<CORSConfiguration>
  <CORSRule>
    <AllowedOrigin>https://www.example.com</AllowedOrigin>
    <AllowedMethod>GET</AllowedMethod>
    <AllowedMethod>PUT</AllowedMethod>
    <AllowedHeader>*</AllowedHeader>
    <MaxAgeSeconds>600</MaxAgeSeconds>
  </CORSRule>
</CORSConfiguration>
`;

test('bucket-cors: what get prints, put takes', async () => {
  await writeFile(account.path('cors.xml'), rules);
  await account.succeed(['bucket-cors', '--method', 'put', address, 'cors.xml']);
  const expected = {
    allowedOrigins: ['https://www.example.com'],
    allowedMethods: ['GET', 'PUT'],
    allowedHeaders: ['*'],
    exposeHeaders: [],
    maxAgeSeconds: 600,
  };
  expect((await account.client(bucket).getBucketCors()).rules).toEqual([expected]);
  const [json] = await account.json(['bucket-cors', '--method', 'get', address]);
  expect(json).toMatchObject({ kind: 'cors', bucket, rules: [expected] });
  const shown = await account.succeed(['cors', '--method', 'get', address, '-q']);
  expect(shown).toContain('    <AllowedMethod>PUT</AllowedMethod>\n');

  await account.succeed(['bucket-cors', '--method', 'get', address, 'copy.xml']);
  expect(await readFile(account.path('copy.xml'), 'utf8')).toBe(shown);
  const again = await account.osskeep(['bucket-cors', '--method', 'get', address, 'cors.xml'], {
    input: Buffer.from('n\n'),
  });
  expect(again.stderr).toContain('overwrite "cors.xml"(y or N)? operation is canceled.');
  expect(await readFile(account.path('cors.xml'), 'utf8')).toBe(rules);

  await account.succeed(['bucket-cors', '--method', 'delete', address]);
  const none = await account.osskeep(['bucket-cors', '--method', 'get', address]);
  expect(none.stderr).toContain('Code: NoSuchCORSConfiguration (HTTP 404)');
  await account.succeed(['bucket-cors', '--method', 'put', address, '-'], shown);
  expect((await account.client(bucket).getBucketCors()).rules).toEqual([expected]);
});

test.each([
  ['no XML', 'hello', 'is no document of PutBucketCors'],
  ['another document', '<Other/>', 'is no document of PutBucketCors'],
  ['no rule', '<CORSConfiguration/>', 'Detail: CORSConfiguration has no CORSRule.'],
])('bucket-cors refuses a file with %s', async (_name, text, expected) => {
  await writeFile(account.path('bad.xml'), text);
  const done = await account.osskeep(['bucket-cors', '--method', 'put', address, 'bad.xml']);
  expect(done.stderr).toContain(expected);
  expect(done.code).toBeGreaterThan(1);
});

test('bucket-cname: token, list, and a refusal until the domain is proved', async () => {
  const domain = 'img.example.com';
  const token = ['bucket-cname', '--item', 'token', address, domain, '--method'];
  const [made] = await account.json([...token, 'put']);
  expect(made).toMatchObject({ kind: 'cnameToken', bucket, cname: domain });
  expect(String(made?.['token'])).toMatch(/^\S{16,}$/);
  const shown = await account.succeed([...token, 'get']);
  expect(shown).toContain(`  <Token>${made?.['token']}</Token>\n`);
  const [again] = await account.json([...token, 'get']);
  expect(again).toEqual(made);
  const refused = await account.osskeep(['bucket-cname', '--method', 'put', address, domain]);
  expect(refused.stderr).toContain('NeedVerifyDomainOwnership');
  expect(refused.stderr).toContain('Hint: ');
  expect(refused.code).toBe(2);
  expect(await account.json(['bucket-cname', '--method', 'get', address])).toEqual([
    { kind: 'cnames', bucket, owner: expect.stringMatching(/^\d+$/), cnames: [] },
  ]);
  expect(await account.succeed(['bucket-cname', '--method', 'get', address])).toContain(
    `  <Bucket>${bucket}</Bucket>\n`,
  );
  await account.succeed(['bucket-cname', '--method', 'delete', address, domain]);
});

test.each([
  [['bucket-versioning', address], "required option '--method"],
  [['bucket-versioning', '--method', 'delete', address], 'get, put'],
  [['bucket-versioning', '--method', 'put', address], 'enabled or suspended'],
  [['bucket-versioning', '--method', 'put', address, 'on'], 'enabled or suspended'],
  [['bucket-versioning', '--method', 'get', address, 'enabled'], 'one word too many'],
  [['bucket-cors', '--method', 'put', address], 'file with the rules is missing'],
  [['bucket-cors', '--method', 'delete', address, 'x'], 'one word too many'],
  [['bucket-cname', '--method', 'put', address], 'domain is missing'],
  [['bucket-cname', '--method', 'delete', '--item', 'token', address, 'd'], 'takes get and put'],
  [['bucket-cname', '--method', 'get', '--item', 'certificate', address], 'takes put'],
  [['access-block', '--method', 'put', address], 'on or off'],
  [['access-block', '--method', 'get', 'on'], 'one word too many'],
])('%j is refused', async (args, text) => {
  const done = await account.osskeep(args);
  expect(done.stderr).toContain(text);
  expect(done.code).toBe(1);
});
