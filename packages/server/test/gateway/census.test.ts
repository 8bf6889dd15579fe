// The census: every operation, asked by nobody, by another account and by the owner of a private bucket,
// and by both strangers of a public-read-write one. An operation without a row does not compile.
import type { OperationName, Route } from '@osskeep/protocol';
import { notBuiltOperations } from '@osskeep/protocol';
import { describe, expect, test } from 'vitest';
import { definitions } from '../../../protocol/test/operations/definitions.ts';
import { rootOwner } from '../../src/boot/keys/credentials.ts';
import type { AccessKey } from '../../src/index.ts';
import {
  bucket,
  errorDocument,
  type GatewayUnderTest,
  quick,
  startGateway,
} from '../support/gateway-under-test.ts';
import { element, type RawResponse } from '../support/raw-http.ts';
import type { SignedRaw } from '../support/signed-raw.ts';

const other: AccessKey = { accessKeyId: 'others-key', accessKeySecret: 'others-secret' };
const page = 'https://www.example.com';

interface Row {
  /** Status for nobody, another account, the owner. */
  readonly inPrivate: readonly [nobody: number, other: number, owner: number];
  /** Where every object may be read and written by all. */
  readonly inPublic: readonly [nobody: number, other: number];
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  /** Of a query name whose value matters. */
  readonly query?: Readonly<Record<string, string>>;
}

const owners = (status: number, more: Partial<Row> = {}): Row => ({
  inPrivate: [403, 403, status],
  inPublic: [403, 403],
  ...more,
});
const anyAccount = (status: number, more: Partial<Row> = {}): Row => ({
  inPrivate: [403, status, status],
  inPublic: [403, status],
  ...more,
});
const onObject = (status: number, more: Partial<Row> = {}): Row => ({
  inPrivate: [403, 403, status],
  inPublic: [status, status],
  ...more,
});

const domain = 'static.example.com';
const cname = `<BucketCnameConfiguration><Cname><Domain>${domain}</Domain></Cname></BucketCnameConfiguration>`;
const block =
  '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess>' +
  '</PublicAccessBlockConfiguration>';
const cors =
  '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>' +
  '</CORSRule></CORSConfiguration>';
const tags = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
const preflight = [
  ['Origin', page],
  ['Access-Control-Request-Method', 'GET'],
] as const;
const open: Row = { inPrivate: [200, 200, 200], inPublic: [200, 200], headers: preflight };

const rows: { readonly [Name in OperationName]: Row } = {
  ListBuckets: anyAccount(200),
  // The bucket is there and is another's: 409 as for every name that is taken.
  PutBucket: { inPrivate: [403, 409, 200], inPublic: [403, 409] },
  HeadBucket: owners(200),
  DeleteBucket: owners(409),
  GetBucketInfo: owners(200),
  GetBucketLocation: owners(200),
  ListObjects: owners(200),
  ListObjectsV2: owners(200, { query: { 'list-type': '2' } }),
  PutObject: onObject(200, { body: 'new' }),
  GetObject: onObject(200),
  HeadObject: onObject(200),
  GetObjectMeta: onObject(200),
  DeleteObject: onObject(204),
  PutBucketVersioning: owners(200, {
    body: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
  }),
  GetBucketVersioning: owners(200),
  ListObjectVersions: owners(200),
  PutBucketAcl: owners(200, { headers: [['x-oss-acl', 'private']] }),
  GetBucketAcl: owners(200),
  PutObjectAcl: owners(200, { headers: [['x-oss-object-acl', 'private']] }),
  GetObjectAcl: owners(200),
  PutBucketPublicAccessBlock: owners(200, { body: block }),
  GetBucketPublicAccessBlock: owners(200),
  DeleteBucketPublicAccessBlock: owners(204),
  PutPublicAccessBlock: anyAccount(200, { body: block }),
  GetPublicAccessBlock: anyAccount(200),
  DeletePublicAccessBlock: anyAccount(204),
  PutBucketCors: owners(200, { body: cors }),
  GetBucketCors: owners(200),
  DeleteBucketCors: owners(204),
  PutBucketTags: owners(200, { body: tags }),
  GetBucketTags: owners(200),
  DeleteBucketTags: owners(204),
  OptionBucket: open,
  OptionObject: open,
  PutCname: owners(200, { body: cname }),
  ListCname: owners(200),
  DeleteCname: owners(200, { body: cname.replace(domain, 'unbound.example.com') }),
  CreateCnameToken: owners(200, { body: cname }),
  GetCnameToken: owners(200, { query: { cname: domain } }),
};

function requestFor(
  route: Route,
  {
    headers = [],
    body,
    query = {},
  }: Pick<Row, 'headers' | 'query'> & { readonly body?: string | undefined },
): SignedRaw {
  const pairs = { ...route.query, ...query };
  const text = Object.entries(pairs).map(([key, value]) =>
    value === true ? key : `${key}=${value}`,
  );
  const path = { service: '/', bucket: `/${bucket}`, object: `/${bucket}/key` }[route.on];
  return {
    method: route.method,
    target: text.length === 0 ? path : `${path}?${text.join('&')}`,
    headers,
    ...(route.on === 'service' ? {} : { bucket }),
    ...(route.on === 'object' ? { key: 'key' } : {}),
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
  };
}

async function prepared(isPublic: boolean): Promise<GatewayUnderTest> {
  const keys = [{ id: other.accessKeyId, secret: other.accessKeySecret }];
  const gateway = await startGateway({
    blockPublicAccess: false,
    accounts: [{ id: '2000000000000002', keys }],
    cnames: { [domain]: bucket },
  });
  const { store } = gateway.server;
  const found = await store.buckets.get(await store.view(), bucket);
  expect(found.owner.id).toBe(rootOwner.id);
  await store.objects.put(found, 'key', { body: Buffer.from('old') });
  await store.cnames.createToken(found, domain);
  const rule = {
    allowedOrigins: [page],
    allowedMethods: ['GET'] as const,
    allowedHeaders: [],
    exposeHeaders: [],
  };
  await store.documents.put(found, 'cors', { rules: [rule] });
  if (isPublic) await store.documents.put(found, 'acl', { acl: 'public-read-write' });
  return gateway;
}

/** Status, and for refusals the code, so that a row says why. */
const said = (answer: RawResponse): string =>
  answer.status < 300
    ? String(answer.status)
    : `${answer.status} ${element(errorDocument(answer), 'Code')}`;
const status = (answer: RawResponse): number => answer.status;

describe.each(definitions)('$name', ({ name, route }) => {
  const row = rows[name];
  const request = requestFor(route, row);

  test('in a private bucket', async () => {
    const gateway = await prepared(false);
    try {
      const asked = [
        await gateway.anonymous(request),
        await gateway.signed(request, quick, other),
        await gateway.signed(request, quick),
      ];
      expect(asked.map(status), asked.map(said).join(', ')).toEqual(row.inPrivate);
    } finally {
      await gateway.server.stop();
    }
  });

  test('in a public one', async () => {
    const gateway = await prepared(true);
    try {
      const asked = [await gateway.anonymous(request), await gateway.signed(request, quick, other)];
      expect(asked.map(status), asked.map(said).join(', ')).toEqual(row.inPublic);
    } finally {
      await gateway.server.stop();
    }
  });
});

test('what is not built says so by name to who signed, and stores nothing', async () => {
  const gateway = await prepared(true);
  try {
    const before = await gateway.keys();
    const wrong: string[] = [];
    for (const [name, route] of Object.entries(notBuiltOperations)) {
      const headers = route.header === undefined ? [] : ([[route.header, '/x/y']] as const);
      const body = route.method === 'PUT' || route.method === 'POST' ? '<x/>' : undefined;
      const answer = await gateway.signed(requestFor(route, { headers, body }), quick);
      const document = errorDocument(answer);
      const got = [answer.status, element(document, 'Code'), element(document, 'Operation')];
      if (got.join(' ') !== `400 NotImplemented ${name}`) wrong.push(`${name}: ${got.join(' ')}`);
    }
    expect(wrong).toEqual([]);
    expect(await gateway.keys()).toEqual(before);
    const got = await gateway.signed({ target: `/${bucket}/key`, bucket, key: 'key' }, quick);
    expect(got.text).toBe('old');
  } finally {
    await gateway.server.stop();
  }
});
