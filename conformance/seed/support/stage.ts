// What the server of a run holds: the account whose keys sign, its buckets, objects and versions. Put there
// over the wire, so that the same is done to a server in this process and to one elsewhere.
import type { OssClient } from '@osskeep/client';
import {
  type CorsRule,
  type PutBucketVersioningInput,
  putBucketCors,
  putBucketVersioning,
} from '@osskeep/protocol';
import { hardNames } from '../../support/names.ts';
import type { Keys } from './job.ts';

export const region = 'cn-hangzhou';
export const bucket = 'examplebucket';
export const otherBucket = 'otherbucket';
/** Custom domains of the two buckets. */
export const domain = 'static.example.com';
export const otherDomain = 'other.example.com';
export const cnames: Readonly<Record<string, string>> = {
  [domain]: bucket,
  [otherDomain]: otherBucket,
};

export const keys = {
  given: { accessKeyId: 'LTAI5tSeedGiven01', accessKeySecret: 'SeedGiven/Secret+01=' },
  environment: { accessKeyId: 'LTAI5tSeedEnviron', accessKeySecret: 'SeedEnvironmentSecret' },
  temporary: {
    accessKeyId: 'STS.SeedTemporary01',
    accessKeySecret: 'SeedTemporarySecret',
    securityToken: 'CAIS+seed/token=with+signs==',
  },
} as const satisfies Record<string, Keys>;

/** As the server's configuration has it. */
export const account = {
  id: '1900000000000001',
  keys: Object.values(keys).map(({ accessKeyId, accessKeySecret, ...rest }) => ({
    id: accessKeyId,
    secret: accessKeySecret,
    ...('securityToken' in rest ? { token: rest.securityToken } : {}),
  })),
};

export const objects = {
  plain: 'exampleobject.txt',
  /** Has a newer version. */
  versioned: 'versioned.txt',
  /** Its newest version is a delete marker. */
  deleted: 'deleted.txt',
} as const;

/** Every byte value, and no two objects alike; longer than what is stored inline. */
export function bodyOf(inBucket: string, key: string, version = 1): Buffer {
  const every = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
  const text = Buffer.from(`${inBucket}/${key} version ${version}\n`);
  return Buffer.concat(Array.from({ length: 100 }, () => [text, every]).flat());
}

const enabled: PutBucketVersioningInput = { status: 'Enabled' };

/** Pages of every origin may read. */
const anyPage: CorsRule = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET'],
  allowedHeaders: [],
  exposeHeaders: [],
};

/** Ids of first versions. */
export interface VersionIds {
  readonly plain: string;
  readonly versioned: string;
  readonly deleted: string;
}

export async function prepare(client: OssClient): Promise<VersionIds> {
  const put = async (key: string, version = 1): Promise<string> => {
    const { versionId } = await client.putObject(key, bodyOf(bucket, key, version), { bucket });
    if (versionId === undefined) throw new Error('the bucket keeps no versions');
    return versionId;
  };
  for (const name of [bucket, otherBucket]) {
    await client.putBucket({}, { bucket: name });
    await client.call(putBucketVersioning, {}, enabled, { bucket: name });
  }
  await client.call(putBucketCors, {}, { rules: [anyPage] }, { bucket });
  await client.putObject(objects.plain, bodyOf(otherBucket, objects.plain), {
    bucket: otherBucket,
  });
  for (const key of hardNames.filter((name) => name !== objects.plain)) await put(key);
  const versions = {
    plain: await put(objects.plain),
    versioned: await put(objects.versioned),
    deleted: await put(objects.deleted),
  };
  await put(objects.versioned, 2);
  await client.deleteObject(objects.deleted, { bucket });
  return versions;
}
