// Downloads of signed URLs by the programs people use: curl, wget, Node's http and Python's requests. Bytes
// are compared; links that are expired or changed are refused with a code and what it was calculated from.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OssClient } from '@osskeep/client';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { because } from '../testing/skips.ts';
import { hardNames } from './support/names.ts';
import { missingPython, nothingMayBeSkipped, python, run, script } from './support/python.ts';

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

type Receiver = (url: string, file: string) => Promise<Answer>;

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

const receivers: Record<string, Receiver> = {
  curl: async (url, file) => {
    const done = await run('curl', ['-sS', '--path-as-is', '-o', file, '-w', '%{http_code}', url]);
    return { status: Number(done.stdout), body: read(file) };
  },
  wget: async (url, file) => {
    // In a locale without UTF-8 wget decodes %25 in a URL by itself unless it is told not to.
    const args = ['-q', '-S', '--no-iri', '--content-on-error', '-O', file, url];
    const done = await run('wget', args);
    const status = /HTTP\/1\.1 (\d+)/.exec(done.stderr)?.[1];
    return { status: Number(status), body: read(file) };
  },
  'Node http': (url) =>
    new Promise((resolve, reject) => {
      request(url, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
        );
      })
        .on('error', reject)
        .end();
    }),
  'Python requests': async (url, file) => {
    const done = await run(python, [script('receive.py'), url, file]);
    return { status: Number(done.stdout), body: read(file) };
  },
};

function missing(name: string): string | undefined {
  if (name === 'Node http') return undefined;
  if (name === 'Python requests') return missingPython;
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `${name} is not installed`;
  }
}

describe.each(Object.keys(receivers))('%s', (name) => {
  const receive = receivers[name] as Receiver;
  const lacking = missing(name);
  let server: Osskeep;
  let client: OssClient;
  let folder: string;
  let nowMs = Date.UTC(2026, 10, 24, 12);
  const body = (key: string): Buffer => Buffer.from(`${key}\n`.repeat(2_000));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'osskeep-receive-'));
    const clock = { now: () => nowMs, monotonic: () => performance.now() };
    server = await startOsskeep({ clock });
    const { endpoint, region, accessKeyId, accessKeySecret = '' } = server;
    const credentials = { accessKeyId, accessKeySecret };
    client = new OssClient({ endpoint, region, bucket: 'examplebucket', credentials, clock });
    await client.putBucket();
    for (const key of hardNames) await client.putObject(key, body(key));
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is installed', ({ skip }) => {
    if (lacking !== undefined && !nothingMayBeSkipped) skip(lacking);
    expect(lacking).toBeUndefined();
  });

  describe.skipIf(lacking)(`with a signed URL${because(lacking)}`, () => {
    let files = 0;
    const file = (): string => {
      files += 1;
      return join(folder, `download-${files}`);
    };

    test.each(hardNames)('downloads %s', async (key) => {
      const { url } = await client.presign('GET', key, { expires: 600 });
      const answer = await receive(url, file());
      expect(answer.status).toBe(200);
      expect(answer.body.equals(body(key))).toBe(true);
    });

    test('is refused after the end, and told so', async () => {
      const { url } = await client.presign('GET', 'exampleobject.txt', { expires: 600 });
      nowMs += 601_000;
      const answer = await receive(url, file());
      nowMs -= 601_000;
      expect(answer.status).toBe(403);
      if (answer.body.length > 0) {
        const text = answer.body.toString();
        expect(text).toContain('<Code>AccessDenied</Code><Message>Request has expired.</Message>');
        expect(text).toContain('<Expires>2026-11-24T12:10:00.000Z</Expires>');
        expect(text).toContain('<ServerTime>2026-11-24T12:10:01.000Z</ServerTime>');
        expect(text).toContain('<EC>0002-00000236</EC>');
      }
    });

    test('is refused when one character is changed', async () => {
      const { url } = await client.presign('GET', 'exampleobject.txt', { expires: 600 });
      const answer = await receive(url.replace('x-oss-expires=600', 'x-oss-expires=601'), file());
      expect(answer.status).toBe(403);
      if (answer.body.length > 0) {
        const text = answer.body.toString();
        expect(text).toContain('<Code>SignatureDoesNotMatch</Code>');
        expect(text).toContain('<CanonicalRequest>GET\n/examplebucket/exampleobject.txt\n');
        expect(text).toContain('<EC>0002-00000201</EC>');
      }
    });

    test('takes a plus sign kept or encoded, and not as a space', async () => {
      const key = 'plus+sign.txt';
      const { url } = await client.presign('GET', key, { expires: 600 });
      expect(url).toContain('plus%2Bsign.txt');
      const kept = await receive(url.replace('plus%2Bsign', 'plus+sign'), file());
      expect(kept.status).toBe(200);
      expect(kept.body.equals(body(key))).toBe(true);
      const spaced = await receive(url.replace('plus%2Bsign', 'plus%20sign'), file());
      expect(spaced.status).toBe(403);
    });
  });
});
