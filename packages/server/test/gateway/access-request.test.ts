// What authorization is asked: what a handler declares arrives in the question, with the resource that the
// request named and the circumstances it came under.
import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Decision } from '../../src/core/access/access-decision.ts';
import type { AccessRequest } from '../../src/core/access/access-request.ts';
import { registry } from '../../src/gateway/registry.ts';
import {
  bucket,
  type GatewayUnderTest,
  quick,
  startGateway,
  startMs,
} from '../support/gateway-under-test.ts';
import { requestBytes } from '../support/raw-http.ts';

interface Asked {
  readonly request: AccessRequest;
  readonly decision: Decision;
}

let gateway: GatewayUnderTest;
let asked: Asked[];

beforeEach(async () => {
  gateway = await startGateway({ tls: { selfSigned: true } });
  asked = [];
  const { access } = gateway.server.store;
  const decide = access.decide.bind(access);
  access.decide = async (request) => {
    const decision = await decide(request);
    asked.push({ request, decision });
    return decision;
  };
});

afterEach(() => gateway.server.stop());

const target = `/${bucket}/key`;

test.each([
  ['PUT', 'key', '', 'PutObject'],
  ['GET', 'key', '', 'GetObject'],
  ['GET', 'key', 'acl', 'GetObjectAcl'],
  ['HEAD', 'key', '', 'HeadObject'],
  ['DELETE', 'key', '', 'DeleteObject'],
  ['GET', undefined, '', 'ListObjects'],
  ['GET', undefined, 'versions', 'ListObjectVersions'],
  ['GET', undefined, 'cors', 'GetBucketCors'],
  ['DELETE', undefined, '', 'DeleteBucket'],
] as const)('%s %s?%s asks for what %s declares', async (method, key, query, operation) => {
  const path = key === undefined ? `/${bucket}/` : target;
  const sent = { method, target: query === '' ? path : `${path}?${query}`, bucket };
  const body = method === 'PUT' ? { body: Buffer.from('x') } : {};
  await gateway.signed({ ...sent, ...body, ...(key === undefined ? {} : { key }) }, quick);
  const declared = registry.find((handler) => handler.operation.name === operation);
  expect(declared).toBeDefined();
  expect(asked).toHaveLength(1);
  const [{ request, decision }] = asked as [Asked];
  expect(request.action).toBe(declared?.action);
  expect(request.need).toBe(declared?.need);
  expect(request.resource.bucket?.name).toBe(bucket);
  expect(request.resource.key).toBe(key);
  expect(decision).toEqual({ effect: 'allow', action: declared?.action, by: 'acl' });
});

test('resource and conditions are those of the request', async () => {
  const headers = [['User-Agent', 'somebody']] as const;
  await gateway.signed({ target: `${target}?versionId=null`, bucket, key: 'key', headers }, quick);
  await gateway.anonymous({ target, bucket, key: 'key' });
  const [signed, anonymous] = asked.map(({ request }) => request);
  expect(signed?.resource.versionId).toBe('null');
  expect(signed?.principal.kind).toBe('account');
  expect(signed?.conditions).toMatchObject({
    clientAddress: '127.0.0.1',
    isTls: false,
    nowMs: startMs,
  });
  expect(signed?.conditions.headers.get('user-agent')).toBe('somebody');
  expect(anonymous?.principal.kind).toBe('anonymous');
  expect(asked[1]?.decision).toMatchObject({ effect: 'deny', action: 'oss:GetObject', by: 'acl' });
});

test('a request over TLS says so', async () => {
  const { httpsEndpoint = '', tlsCa } = gateway.server;
  const port = Number(new URL(httpsEndpoint).port);
  const socket = connect({ host: '127.0.0.1', port, ca: tlsCa });
  await once(socket, 'secureConnect');
  socket.write(requestBytes({ method: 'GET', target, headers: [['Host', gateway.host]] }));
  await once(socket, 'data');
  // Read while the connection stands.
  expect(asked[0]?.request.conditions).toMatchObject({ clientAddress: '127.0.0.1', isTls: true });
  socket.destroy();
});
