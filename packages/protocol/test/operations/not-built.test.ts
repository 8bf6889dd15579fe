// The operations that exist in OSS, built here or not: all of them, each told from its neighbours.
import { describe, expect, test } from 'vitest';
import {
  notBuiltOperations,
  putObject,
  type Route,
  subResources,
} from '../../src/operations/index.ts';
import { definitionOf, definitions } from './definitions.ts';

const all: readonly (readonly [name: string, route: Route])[] = [
  ...definitions.map(({ name, route }) => [name, route] as const),
  ...Object.entries(notBuiltOperations),
];

/** Built or not: an example below stays one when it is built. */
const routeOf = (operation: string): Route | undefined =>
  all.find(([name]) => name === operation)?.[1];

function place({ method, on, header, query }: Route): string {
  const names = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value}`);
  return [method, on, header ?? '', ...names.sort()].join(' ');
}

const repeated = (words: readonly string[]): string[] =>
  words.filter((word, i) => words.indexOf(word) !== i);

test('no two operations have one route', () => {
  expect(repeated(all.map(([, route]) => place(route)))).toEqual([]);
});

test('no name occurs twice, and whoever built an operation deleted its row', () => {
  expect(repeated(all.map(([name]) => name))).toEqual([]);
});

test('with the built ones there are as many as the reference counts', () => {
  const t0 = 32 - 1; // presigning is no operation of its own
  const t1 = 106 + 1; // OPTIONS on an object and on a bucket
  const tables = 30;
  const vectorsThatLookLikeBuckets = 7;
  const rtmp = 1;
  const secondRoutes = 1 + 2; // access points of a bucket; selecting in CSV and in JSON
  const families = 10 - 1 + (6 - 1); // UDF and VPC addresses, one row each in the reference
  const t2 = 117 - tables - vectorsThatLookLikeBuckets - rtmp + secondRoutes + families;
  expect(all).toHaveLength(t0 + t1 + t2);
});

describe('requests that must not fall through', () => {
  test.each([
    ['GET', 'bucket', 'stat', 'GetBucketStat'],
    ['PUT', 'object', 'symlink', 'PutSymlink'],
    ['DELETE', 'object', 'tagging', 'DeleteObjectTagging'],
    ['DELETE', 'bucket', 'lifecycle', 'DeleteBucketLifecycle'],
    ['DELETE', 'object', 'uploadId', 'AbortMultipartUpload'],
    ['POST', 'bucket', 'delete', 'DeleteMultipleObjects'],
    ['GET', 'object', 'x-oss-process', 'ImageProcess'],
    ['POST', 'object', 'append', 'AppendObject'],
    ['GET', 'service', 'regions', 'DescribeRegions'],
    ['DELETE', 'bucket', 'overwriteConfig', 'DeleteBucketOverwriteConfig'],
    ['POST', 'bucket', 'queryVectors', 'QueryVectors'],
  ])('%s %s ?%s is %s', (method, on, name, operation) => {
    expect(routeOf(operation)).toEqual({ method, on, query: { [name]: true } });
    expect(subResources.has(name)).toBe(true);
  });

  test('the public access block of an access point is not its bucket’s', () => {
    for (const verb of ['Put', 'Get', 'Delete'] as const) {
      const ofBucket = definitionOf(`${verb}BucketPublicAccessBlock`).route;
      expect(routeOf(`${verb}AccessPointPublicAccessBlock`)).toEqual({
        ...ofBucket,
        query: { ...ofBucket.query, 'x-oss-access-point-name': true },
      });
    }
  });

  test('a copy is no upload', () => {
    const header = 'x-oss-copy-source';
    expect(routeOf('CopyObject')).toEqual({ method: 'PUT', on: 'object', header });
    expect(routeOf('UploadPartCopy')?.header).toBe(header);
  });
});

/** Operations reference §2.2: what the SDKs sign in V1, without parameters that choose nothing. */
const signedBySdks =
  'acl append accessPoint accessPointPolicy asyncFetch bucketArchiveDirectRead bucketInfo' +
  ' cloudboxes cname comp cors delete encryption httpsConfig inventory inventoryId lifecycle live' +
  ' location logging metaQuery objectMeta partNumber policy policyStatus publicAccessBlock qos' +
  ' qosInfo qosRequester redundancyTransition referer replication replicationLocation' +
  ' replicationProgress requesterQosInfo requestPayment resourceGroup resourcePool' +
  ' resourcePoolBuckets resourcePoolInfo restore rtc seal stat status style styleName symlink' +
  ' tagging transferAcceleration udf udfApplication udfApplicationLog udfImage udfName uploadId' +
  ' uploads versioning versions vip vod vpcip website worm wormExtend wormId';

/** Younger than V1's lists: operations reference §5 and §6. */
const younger =
  'accessPointConfigForObjectProcess accessPointForObjectProcess' +
  ' accessPointPolicyForObjectProcess accessmonitor action cleanRestoredObject dataPipeline' +
  ' deleteVectorIndex deleteVectors getVectorIndex getVectors legalHold list-type' +
  ' listVectorIndexes listVectors objectWorm overwriteConfig processConfiguration putVectorIndex' +
  ' putVectors queryVectors regions responseHeader retention userDefinedLogFieldsConfig' +
  ' x-oss-access-point-name x-oss-async-process x-oss-delete x-oss-dir x-oss-process' +
  ' x-oss-redundancy-transition-taskid x-oss-rename x-oss-write-get-object-response';

describe('sub-resources', () => {
  test('are spelled as in the lists of the reference, and none of those is left out', () => {
    const names = new Set(all.flatMap(([, { query }]) => Object.keys(query ?? {})));
    expect([...names].sort()).toEqual(`${signedBySdks} ${younger}`.split(' ').sort());
  });

  test('every name that any route asks for, but for refinements', () => {
    const names = all.flatMap(([, { query }]) => Object.keys(query ?? {}));
    const left = [...new Set(names.filter((name) => !subResources.has(name)))].sort();
    expect(left).toEqual([
      'action',
      'comp',
      'inventoryId',
      'list-type',
      'qosRequester',
      'status',
      'styleName',
      'udfName',
      'x-oss-access-point-name',
      'x-oss-redundancy-transition-taskid',
    ]);
  });

  test('none of the parameters that built operations take', () => {
    const taken = [
      'prefix',
      'marker',
      'max-keys',
      'delimiter',
      'encoding-type',
      'start-after',
      'fetch-owner',
      'continuation-token',
      'versionId',
      'key-marker',
      'version-id-marker',
      'position',
      'response-content-type',
      'security-token',
      'OSSAccessKeyId',
      'Expires',
      'Signature',
      'x-oss-signature',
      'x-oss-credential',
      'filename',
    ];
    expect(taken.filter((name) => subResources.has(name))).toEqual([]);
  });
});

test('what PutObject has on the wire and not here is named, and nothing it has is', () => {
  const { headers = [], query = [] } = putObject.notBuilt ?? {};
  for (const name of ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']) {
    expect(headers).toContain(name);
  }
  for (const name of ['x-oss-tagging', 'x-oss-callback', 'x-oss-server-side-encryption']) {
    expect(headers).toContain(name);
  }
  expect(query).toContain('callback');
  expect(headers).toEqual([...headers].map((name) => name.toLowerCase()));
  const built = ['x-oss-object-acl', 'x-oss-storage-class', 'x-oss-forbid-overwrite', 'expires'];
  expect(headers.filter((name) => built.includes(name))).toEqual([]);
});
