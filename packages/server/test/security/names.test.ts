// Security checklist 16 and 17: names that break careless code are names like any other, or refused; on
// a disk nothing appears outside the data folder. Codes: choices row 13.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeComponent, encodePath } from '@osskeep/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucket, expectRefusal, quick } from '../support/gateway-under-test.ts';
import { element, type RawResponse } from '../support/raw-http.ts';
import { Secured } from './secured.ts';

let parent: string;
let secured: Secured;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'osskeep-names-'));
  await mkdir(join(parent, 'beside'));
  secured = await Secured.start({ data: join(parent, 'data') });
});

afterAll(async () => {
  await secured.stop();
  await rm(parent, { recursive: true });
});

/** Every file and folder, but for what the server keeps for itself in its own folder. */
async function outside(): Promise<string[]> {
  const all = await readdir(parent, { recursive: true });
  return all.filter((path) => !path.startsWith('data/')).sort();
}

/** Names of files in the data folder that are made of anything but ids. */
async function unexpectedFiles(): Promise<string[]> {
  const all = await readdir(join(parent, 'data', 'blobs'), { recursive: true });
  return all.filter((path) => !/^[0-9a-f/]+$/.test(path));
}

const stored = [
  '../x',
  '../../../../tmp/osskeep-escaped',
  'a/../../x',
  '..',
  '.',
  './x',
  '%2e%2e/x',
  '..%2fx',
  'a//b',
  'a/',
  '\u0001',
  '\u007f\u0085',
  'a\r\nb: c',
  '\u202egnp.exe',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '__proto__',
  'constructor',
  'prototype/__proto__',
  'a\\..\\b',
  'C:\\x',
  'C:',
  'nul',
  'lock.0',
  'metadata/data.mdb',
  'master.key',
  "'; DROP TABLE kv; --",
  '$(touch x)',
  '$' + '{jndi:ldap://127.0.0.1/x}',
  'k'.repeat(1_023),
  '😀'.repeat(255),
] as const;

const unstorable = [
  ['/x', 'InvalidObjectName'],
  ['\\x', 'InvalidObjectName'],
  ['//x', 'InvalidObjectName'],
  ['a\0b', 'InvalidObjectName'],
  ['k'.repeat(1_024), 'InvalidObjectName'],
  ['k'.repeat(20_000), 'InvalidObjectName'],
] as const;

/** As written, not as encoded: bytes that are no text. */
const notText = ['%FF', '%C0%AE%C0%AE/x', '%ED%A0%80', '%E4%B8', '%zz', '%'] as const;

const bodies = [Buffer.from('small'), Buffer.alloc(100_000, 'large ')];

function ask(method: string, path: string, key: string, body?: Buffer): Promise<RawResponse> {
  const target = `/${bucket}/${path}`;
  const sent = { method, target, bucket, key };
  return secured.gateway.signed(body === undefined ? sent : { ...sent, body }, quick);
}

describe('checklist 16: keys', () => {
  test.each(stored)('%j is stored as it is', async (key) => {
    const before = await outside();
    for (const body of bodies) {
      const path = encodePath(key);
      expect((await ask('PUT', path, key, body)).status).toBe(200);
      expect((await ask('GET', path, key)).body.equals(body)).toBe(true);
      expect((await ask('HEAD', path, key)).status).toBe(200);
      const raw = [...Buffer.from(key)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
      expect((await ask('GET', raw.join(''), key)).body.equals(body)).toBe(true);
    }
    expect(await outside()).toEqual(before);
    expect(await unexpectedFiles()).toEqual([]);
    expect((await ask('DELETE', encodePath(key), key)).status).toBe(204);
    expect((await ask('GET', encodePath(key), key)).status).toBe(404);
  });

  test.each(unstorable)('%.20j is refused', async (key, code) => {
    for (const method of ['PUT', 'GET', 'HEAD', 'DELETE']) {
      const body = method === 'PUT' ? bodies[1] : undefined;
      const answer = await ask(method, encodePath(key), key, body);
      expectRefusal(answer, { status: 400, code });
    }
  });

  test.each(notText)('%s is refused', async (path) => {
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const body = method === 'PUT' ? bodies[1] : undefined;
      expectRefusal(await ask(method, path, path, body), { status: 400, code: 'InvalidArgument' });
    }
  });

  test('after all of them only what was there is there', async () => {
    expect(await secured.gateway.keys()).toEqual(['dir%2Fa%20b.txt']);
    expect(await outside()).toEqual(['beside', 'data']);
    expect(await unexpectedFiles()).toEqual([]);
    await secured.gateway.expectHealthy();
  });
});

describe('checklist 17: the same names in every other place', () => {
  const all = [...stored, ...unstorable.map(([key]) => key)];

  /** Query names that hold a key or a part of one. */
  const places = [
    ['', 'prefix'],
    ['', 'marker'],
    ['', 'delimiter'],
    ['list-type=2&', 'prefix'],
    ['list-type=2&', 'start-after'],
    ['list-type=2&', 'continuation-token'],
    ['versions&', 'prefix'],
    ['versions&', 'key-marker'],
    ['versions&key-marker=x&', 'version-id-marker'],
  ] as const;

  test.each(places)('?%s%s', async (before, name) => {
    for (const text of all) {
      const target = `/${bucket}?${before}${name}=${encodeComponent(text)}`;
      const answer = await secured.gateway.signed({ target, bucket }, quick);
      // NUL has no place in XML, and a token or an id is not made up.
      const status = /token|version-id/.test(name) || /\0|k{1024}/.test(text) ? [200, 400] : [200];
      expect(status, `${text} ${answer.text}`).toContain(answer.status);
      if (answer.status === 200) expect(answer.text).toContain('<Name>examplebucket</Name>');
      else expect(element(answer.text, 'Code')).toBe('InvalidArgument');
    }
    for (const text of notText) {
      const target = `/${bucket}?${before}${name}=${text}`;
      const answer = await secured.gateway.signed({ target: `/${bucket}`, bucket }, quick);
      expect(answer.status).toBe(200);
      const headers = [['Host', secured.gateway.host]] as const;
      const spoilt = await secured.send({ target, headers });
      expectRefusal(spoilt, { status: 400, code: 'InvalidArgument' });
    }
  });

  test('versionId', async () => {
    for (const text of [...all, 'NULL', `CAEQ${'A'.repeat(60)}`, `CAEQ${'_'.repeat(60)}`]) {
      for (const method of ['GET', 'HEAD', 'DELETE']) {
        const target = `/${bucket}/dir/a%20b.txt?versionId=${encodeComponent(text)}`;
        const asked = { method, target, bucket, key: 'dir/a b.txt' };
        const answer = await secured.gateway.signed(asked, quick);
        // An id of the right form that was never given out: nothing to read, nothing to delete.
        const wellFormed = text.startsWith('CAEQA');
        const allowed = wellFormed ? (method === 'DELETE' ? [204] : [404]) : [400];
        expect(allowed, `${method} ${text}`).toContain(answer.status);
      }
    }
    expect((await ask('GET', 'dir/a%20b.txt', 'dir/a b.txt')).status).toBe(200);
  });

  /** What has no operation yet answers by name, whatever it names. */
  const unbuilt = [
    ['PUT', 'x-oss-copy-source', (text: string) => `/${bucket}/${encodePath(text)}`],
    ['PUT', 'x-oss-symlink-target', encodePath],
    ['POST', 'x-oss-rename-source', encodePath],
  ] as const;

  test.each(unbuilt)('%s with %s', async (method, name, encode) => {
    for (const text of stored) {
      const value = encode(text);
      const target = `/${bucket}/target${name.includes('symlink') ? '?symlink' : ''}`;
      const headers = [[name, value]] as const;
      const asked = { method, target, bucket, key: 'target', headers, body: Buffer.alloc(0) };
      const answer = await secured.gateway.signed(asked, quick);
      expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect((await ask('GET', 'target', 'target')).status).toBe(404);
    }
  });

  test.each([
    ['GET', 'uploadId=%ID', 'ListParts'],
    ['PUT', 'partNumber=1&uploadId=%ID', 'UploadPart'],
    ['POST', 'uploadId=%ID', 'CompleteMultipartUpload'],
    ['DELETE', 'uploadId=%ID', 'AbortMultipartUpload'],
  ])('%s ?%s', async (method, query, operation) => {
    for (const text of [...stored, '0'.repeat(32)]) {
      const target = `/${bucket}/target?${query.replace('%ID', encodeComponent(text))}`;
      const body = Buffer.from('x');
      const asked = { method, target, bucket, key: 'target' };
      const sent = method === 'PUT' || method === 'POST' ? { ...asked, body } : asked;
      expectRefusal(await secured.gateway.signed(sent, quick), {
        status: 400,
        code: 'NotImplemented',
        elements: { Operation: operation },
      });
    }
  });

  test('afterwards only what was there is there', async () => {
    expect(await secured.gateway.keys()).toEqual(['dir%2Fa%20b.txt']);
    expect(await outside()).toEqual(['beside', 'data']);
  });
});
