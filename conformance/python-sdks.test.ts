// The official Python SDKs, unmodified: every signature version each has, headers and URLs. What they did
// is checked through another client, ours.
import { OssClient } from '@osskeep/client';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { because } from '../testing/skips.ts';
import { hardNames } from './support/names.ts';
import { missingPython, nothingMayBeSkipped, python, run, script } from './support/python.ts';
import { bothSignatures } from './support/same-signature.ts';

interface SignerRun {
  readonly signer: string;
  readonly bucket: string;
  readonly objects: readonly {
    readonly name: string;
    readonly etag: string;
    readonly read: string;
    readonly length: number;
    readonly meta: string | null;
    readonly url: string;
  }[];
  readonly listed: readonly string[];
  readonly deleted: boolean;
}

const signers = [
  'oss2 v1',
  'oss2 v2',
  'oss2 v4',
  'alibabacloud-oss-v2 v1',
  'alibabacloud-oss-v2 v4',
];

test('Python with the SDKs is here', ({ skip }) => {
  if (missingPython !== undefined && !nothingMayBeSkipped) skip(missingPython);
  expect(missingPython).toBeUndefined();
});

describe.skipIf(missingPython)(`Python SDKs${because(missingPython)}`, () => {
  let server: Osskeep;
  let runs: readonly SignerRun[];

  beforeAll(async () => {
    server = await startOsskeep();
    const config = {
      endpoint: server.endpoint,
      region: server.region,
      keys: [server.accessKeyId, server.accessKeySecret],
      prefix: 'conformance',
      names: hardNames,
    };
    const done = await run(python, [script('signers.py')], JSON.stringify(config));
    expect(done.stderr).toBe('');
    runs = JSON.parse(done.stdout) as SignerRun[];
  }, 120_000);

  afterAll(async () => {
    await server.stop();
  });

  function client(bucket: string): OssClient {
    const { endpoint, region, accessKeyId, accessKeySecret = '' } = server;
    const credentials = { accessKeyId, accessKeySecret };
    return new OssClient({ endpoint, region, bucket, credentials });
  }

  test.each(signers)('%s stores, reads, heads, lists and deletes', async (signer) => {
    const done = runs.find((one) => one.signer === signer);
    expect(done?.objects.map(({ name }) => name)).toEqual([...hardNames]);
    for (const object of done?.objects ?? []) {
      const body = `${signer}: ${object.name}`;
      expect(object.read).toBe(body);
      expect(object.length).toBe(Buffer.byteLength(body));
      const found = await client(done?.bucket ?? '').getObject(object.name);
      expect(await found.body.text()).toBe(body);
      expect(found.etag).toBe(object.etag);
      expect(found.metadata['by']).toBe(object.meta);
    }
    expect([...(done?.listed ?? [])].sort()).toEqual([...hardNames].sort());
    expect(done?.deleted).toBe(true);
  });

  test.each(signers)('URLs of %s work, and ours carry the same signature', async (signer) => {
    const done = runs.find((one) => one.signer === signer);
    const { accessKeyId, accessKeySecret = '', region } = server;
    for (const { name, url } of done?.objects ?? []) {
      const keys = { accessKeyId, accessKeySecret, region };
      const { theirs, ours } = bothSignatures(url, done?.bucket ?? '', keys);
      expect(ours).toBe(theirs);
      const response = await fetch(url);
      expect(await response.text()).toBe(`${signer}: ${name}`);
      expect(response.status).toBe(200);
    }
  });
});
