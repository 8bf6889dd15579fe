// Requests that official SDKs signed, sent over a real socket at the time they were signed: let in
// by the server. Each with one thing changed in what the signature covers: refused with the right
// code.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Vector, vectors } from '../../../protocol/test/signing/vectors.ts';
import { rootOwner } from '../../src/boot/keys/credentials.ts';
import { type Osskeep, startOsskeep } from '../../src/index.ts';
import { fastPath } from '../support/fast-path.ts';
import { errorDocument, settableClock } from '../support/gateway-under-test.ts';
import { element, type RawResponse, requestBytes, sendRaw } from '../support/raw-http.ts';
import {
  mutants,
  toRaw,
  type VectorRequest,
  vectorMs,
  vectorRequest,
} from '../support/vector-request.ts';

const region = 'cn-hangzhou';
const clock = settableClock();
const log = new Map<string, { accessKeyId?: string }>();
let server: Osskeep;
let letIn = 0;
let refusals = 0;

/** Vectors of a signer alone were never on the wire; forms and RTMP are no such requests. */
const replayed = vectors.filter(
  (vector) =>
    vector.url !== undefined &&
    vector.signer_only !== true &&
    (vector.mode === 'header' || vector.mode === 'query') &&
    (vector.version !== 'V4' || vector.region === region) &&
    (vector.verified.server === true || vector.verified.server_fallback !== undefined) &&
    vector.expected.signature_pattern === undefined,
);

const family = (vector: Vector): string => vector.id.split('-')[0] ?? '';
const families = [...new Set(replayed.map(family))].sort();

beforeAll(async () => {
  const cnames: Record<string, string> = {};
  for (const { host_style, host, bucket } of replayed) {
    if (host_style === 'cname' && host != null && bucket != null) cnames[host] = bucket;
  }
  const logStream = {
    write(line: string): void {
      const { requestId, accessKeyId } = JSON.parse(line) as Record<string, string>;
      log.set(requestId ?? '', accessKeyId === undefined ? {} : { accessKeyId });
    },
  };
  const limits = { bucketsPerAccount: 1_000 };
  server = await startOsskeep({ fastPath, region, cnames, clock, log: 'info', logStream, limits });
});

afterAll(() => server.stop());

async function prepare(vector: Vector, request: VectorRequest): Promise<void> {
  clock.set(vectorMs(vector, request));
  if (vector.bucket != null) await server.store.buckets.create(vector.bucket, rootOwner);
  await server.store.credentials.put({
    accessKeyId: vector.access_key_id,
    secret: vector.access_key_secret,
    owner: rootOwner,
    token: vector.security_token ?? undefined,
  });
}

async function send(request: VectorRequest): Promise<RawResponse> {
  const response = await sendRaw(server.port, requestBytes(toRaw(request)), { settleMs: 0 });
  if (response === undefined) throw new Error('the server did not answer');
  expect(response.status).toBeLessThan(500);
  return response;
}

/** What the server's own log says about who asked. */
async function authenticatedAs(response: RawResponse): Promise<string | undefined> {
  const id = response.headers.get('x-oss-request-id') ?? '';
  for (let waited = 0; !log.has(id) && waited < 100; waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const line = log.get(id);
  if (line === undefined) throw new Error('the request is not in the log');
  return line.accessKeyId;
}

test('enough vectors of every kind', () => {
  const count = (name: string, version: string, mode: string): number =>
    replayed.filter((v) => family(v) === name && v.version === version && v.mode === mode).length;
  expect(replayed.length).toBeGreaterThanOrEqual(300);
  expect(count('php1', 'V1', 'query')).toBeGreaterThanOrEqual(6);
  expect(count('php2', 'V1', 'query')).toBeGreaterThanOrEqual(7);
  expect(count('go1', 'V2', 'query') + count('go1', 'V2', 'header')).toBeGreaterThanOrEqual(20);
  expect(count('node', 'V4', 'query') + count('node', 'V4', 'header')).toBeGreaterThanOrEqual(15);
  expect(count('node', 'V1', 'query') + count('node', 'V1', 'header')).toBeGreaterThanOrEqual(14);
});

describe.each(families)('%s', (name) => {
  const ours = replayed.filter((vector) => family(vector) === name);

  test.each(ours.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const request = vectorRequest(vector);
    await prepare(vector, request);
    const response = await send(request);
    const document = errorDocument(response);
    expect(await authenticatedAs(response), document).toBe(vector.access_key_id);
    letIn += 1;
    expect(element(document, 'EC') ?? '').not.toMatch(/^0002-/);

    const changed = mutants(vector, request);
    expect(changed.length).toBeGreaterThanOrEqual(3);
    for (const mutant of changed) {
      await prepare(vector, request);
      const refused = await send(mutant.request);
      const refusal = errorDocument(refused);
      expect(await authenticatedAs(refused), mutant.what).toBeUndefined();
      expect(mutant.codes, `${mutant.what}: ${refusal}`).toContain(element(refusal, 'Code'));
      refusals += 1;
    }
  });
});

test('all of them were sent', () => {
  expect(letIn).toBe(replayed.length);
  expect(refusals).toBeGreaterThanOrEqual(2_500);
});
