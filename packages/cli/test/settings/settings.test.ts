// Where settings come from: flags, then the environment, then ~/.ossutilconfig; told by the URLs that
// presign makes, which need no server.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Finished, run, temporaryFolder } from '../support/command.ts';

let home: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  home = await temporaryFolder();
});

afterAll(() => home?.[Symbol.asyncDispose]());

interface Said {
  readonly file?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

async function presign({ file, env = {}, args = [] }: Said): Promise<Finished> {
  if (file !== undefined) await writeFile(join(home.path, '.ossutilconfig'), file);
  return run(['presign', 'oss://examplebucket/k', ...args], {
    env: { HOME: home.path, ...env },
    cwd: home.path,
  });
}

/** Host, key id, region and token of the URL. */
async function facts(said: Said) {
  const done = await presign(said);
  expect(done.stderr).toBe('');
  const url = new URL(done.stdout.toString().trim());
  const [id, , region] = (url.searchParams.get('x-oss-credential') ?? '').split('/');
  return { host: url.host, id, region, token: url.searchParams.get('x-oss-security-token') };
}

const version2 = `[default]
accessKeyID = file-id
accessKeySecret = file-secret
region = cn-beijing
endpoint = https://oss.example.com

[profile dev]
access-key-id = dev-id
access_key_secret = "dev-secret"
stsToken = dev-token
region = cn-shanghai
addressing-style = path
endpoint = http://dev.example.com:8080

[profile inherits]
source-profile = dev
region = cn-shenzhen
`;

test('the default profile, a named one, and one that builds on another', async () => {
  expect(await facts({ file: version2 })).toEqual({
    host: 'examplebucket.oss.example.com',
    id: 'file-id',
    region: 'cn-beijing',
    token: null,
  });
  const dev = {
    host: 'dev.example.com:8080',
    id: 'dev-id',
    region: 'cn-shanghai',
    token: 'dev-token',
  };
  expect(await facts({ file: version2, args: ['--profile', 'dev'] })).toEqual(dev);
  expect(await facts({ file: version2, env: { OSSUTIL_PROFILE: 'DEV' } })).toEqual(dev);
  expect(await facts({ file: version2, args: ['--profile', 'inherits'] })).toEqual({
    ...dev,
    region: 'cn-shenzhen',
  });
});

test('flags win over the environment, which wins over the file', async () => {
  const env = { OSS_ENDPOINT: 'http://env.example.com', OSS_REGION: 'cn-qingdao' };
  expect(await facts({ file: version2, env })).toMatchObject({
    host: 'examplebucket.env.example.com',
    id: 'file-id',
    region: 'cn-qingdao',
  });
  const args = ['-e', 'http://flag.example.com', '--region', 'cn-chengdu'];
  expect(await facts({ file: version2, env, args })).toMatchObject({
    host: 'examplebucket.flag.example.com',
    region: 'cn-chengdu',
  });
});

test('key, secret and token come from one place', async () => {
  const env = { OSS_ACCESS_KEY_ID: 'env-id', OSS_ACCESS_KEY_SECRET: 'env-secret' };
  expect(await facts({ file: version2, env, args: ['--profile', 'dev'] })).toMatchObject({
    id: 'env-id',
    token: null,
  });
  const half = await presign({ file: version2, env: { OSS_ACCESS_KEY_ID: 'env-id' } });
  expect(half.stderr).toContain('No access key is given');
  expect(half.code).toBe(1);
});

test('the file of ossutil 1: its names, its region, its endpoints for single buckets', async () => {
  const file = (more: string): string => `[Credentials]
language=EN
endpoint=oss-cn-zhangjiakou-internal.aliyuncs.com
accessKeyID=old-id
accessKeySecret=old-secret
${more}`;
  expect(await facts({ file: file('') })).toMatchObject({
    host: 'examplebucket.oss-cn-zhangjiakou-internal.aliyuncs.com',
    id: 'old-id',
    region: 'cn-zhangjiakou',
  });
  const endpoint = '[Bucket-Endpoint]\nexamplebucket = oss-cn-hongkong.aliyuncs.com\n';
  expect(await facts({ file: file(endpoint) })).toMatchObject({
    host: 'examplebucket.oss-cn-hongkong.aliyuncs.com',
    region: 'cn-hongkong',
  });
  const cname = `${endpoint}[Bucket-Cname]\nexamplebucket = img.example.com\n`;
  expect(await facts({ file: file(cname) })).toMatchObject({ host: 'img.example.com' });
});

test('a profile without an endpoint means its region on the cloud, as for ossutil', async () => {
  const file = '[default]\naccessKeyID = a\naccessKeySecret = b\nregion = cn-beijing\n';
  expect(await facts({ file })).toMatchObject({
    host: 'examplebucket.oss-cn-beijing.aliyuncs.com',
  });
  // A key that others said is not sent there.
  const env = { OSS_ACCESS_KEY_ID: 'env-id', OSS_ACCESS_KEY_SECRET: 'env-secret' };
  expect(await facts({ file, env })).toMatchObject({ host: '127.0.0.1:6770', id: 'env-id' });
});

test('another file, and none at all', async () => {
  await writeFile(join(home.path, 'other'), '[default]\naccessKeyID=x\naccessKeySecret=y\n');
  const args = ['--config-file', 'other'];
  expect(await facts({ file: version2, args })).toEqual({
    host: '127.0.0.1:6770',
    id: 'x',
    region: 'cn-hangzhou',
    token: null,
  });
  expect(await facts({ env: { OSSUTIL_CONFIG_FILE: '~/other' } })).toMatchObject({ id: 'x' });
});

test.each([
  ['a file that is not there', { args: ['-c', 'missing'] }, 'no configuration file missing'],
  ['a profile that is not there', { args: ['--profile', 'x'] }, '(there: default, dev, inherits)'],
  [
    'a wrong word',
    {
      file: `${version2}[profile bad]\naccessKeyID=a\naccessKeySecret=b\nsign-version=v9\n`,
      args: ['--profile', 'bad'],
    },
    'it can be v4, v1',
  ],
  ['credentials it cannot get', { file: '[default]\nmode = EcsRamRole\n' }, 'mode EcsRamRole'],
])('%s is told', async (_name, said: Said, text) => {
  const done = await presign({ file: version2, ...said });
  expect(done.stderr).toContain(text);
  expect(done.stderr).not.toContain('file-secret');
  expect(done.code).toBe(1);
});
