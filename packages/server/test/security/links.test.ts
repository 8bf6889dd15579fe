// Security checklist 6, 7, 10 and 23: what the holder of a link can change, and what conditions tell
// those who may not read. Codes: choices rows 7, 15, 20.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucket, expectRefusal } from '../support/gateway-under-test.ts';
import type { RawRequest } from '../support/raw-http.ts';
import { signedForms, urlForms, withQuery } from '../support/signed-forms.ts';
import {
  addHeaders,
  bob,
  content,
  key,
  mismatch,
  missingKey,
  otherBucket,
  otherContent,
  Secured,
  withHeader,
} from './secured.ts';

let secured: Secured;

beforeAll(async () => {
  secured = await Secured.start();
});

afterAll(() => secured.stop());

describe.each(urlForms)('checklist 06: unsigned headers narrow and never widen, %s', (form) => {
  const past = 'Thu, 01 Jan 2026 00:00:00 GMT';
  const future = 'Wed, 15 Jan 2031 00:00:00 GMT';

  test.each<[name: string, value: string, status: number, text: string]>([
    ['Range', 'bytes=0-3', 206, content.slice(0, 4)],
    ['Range', 'bytes=-5', 206, content.slice(-5)],
    ['Range', 'bytes=0-1000000', 200, content],
    ['If-None-Match', '*', 304, ''],
    ['If-Match', '"0"', 412, '<Error>'],
    ['If-Modified-Since', future, 304, ''],
    ['If-Modified-Since', past, 200, content],
    ['If-Unmodified-Since', past, 412, '<Error>'],
    ['Origin', 'https://evil.example', 200, content],
    ['Accept', 'text/html', 200, content],
    ['Cookie', 'session=1', 200, content],
  ])('%s: %s', async (name, value, status, text) => {
    const answer = await secured.send(addHeaders(secured.sign(form), [name, value]));
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
    if (status < 400) expect(answer.text.length).toBe(text.length);
    const link = secured.sign(form);
    const elsewhere = { ...link, target: link.target.replace('a%20b', 'missing') };
    expectRefusal(await secured.send(addHeaders(elsewhere, [name, value])), mismatch(form));
  });
});

describe('checklist 07: a sub-resource cannot be added to a V1 link', () => {
  const added = (query: string): RawRequest => {
    const link = secured.sign('V1 URL');
    return { ...link, target: `${link.target}&${query}` };
  };

  test.each([
    'acl',
    'acl=',
    'uploads',
    'uploadId=0123456789ABCDEF0123456789ABCDEF',
    'versionId=null',
    'tagging',
    'symlink',
    'objectMeta',
    'restore',
    'append',
    'response-content-type=text/html',
    'response-content-disposition=attachment',
    'callback=e30=',
    'security-token=x',
    '%61cl',
  ])('%s', async (query) => {
    const answer = await secured.send(added(query));
    // A token is looked at before the signature is.
    const refusal = { status: 403, code: 'InvalidSecurityToken' };
    expectRefusal(answer, query.startsWith('security') ? refusal : mismatch('V1 URL'));
  });

  test.each([
    'x-oss-process=image/resize,w_1',
    'x-oss-traffic-limit=819200',
    'x-oss-ac-source-ip=10.0.0.1',
    'x-oss-anything=1',
    'unknown=1',
    'Acl',
    'ACL=1',
    'acl%3D',
    'versionId%3Dnull',
    'acl%26tagging',
  ])('%s, which SDKs leave unsigned, does nothing', async (query) => {
    const answer = await secured.send(added(query));
    expect([answer.status, answer.text]).toEqual([200, content]);
    expect(answer.headers.get('content-type')).not.toContain('image');
  });

  test('nor exchanged for another one', async () => {
    const link = secured.sign('V1 URL', { query: [['acl', '']] });
    expect((await secured.send(link)).text).toContain('<AccessControlPolicy>');
    for (const other of ['', 'tagging', 'acl&tagging', 'acl=x', 'acl&acl=x']) {
      const target = link.target.replace('?acl', `?${other}`);
      expectRefusal(await secured.send({ ...link, target }), mismatch('V1 URL'));
    }
  });

  test('nor made of a separator that was signed as part of a name', async () => {
    for (const query of [[['versionId=null', '']], [['acl&versionId', 'null']]] as const) {
      const { target, ...link } = secured.sign('V1 URL', { query });
      const undone = target.replaceAll('%3D', '=').replaceAll('%26', '&');
      expect(undone).not.toBe(target);
      expectRefusal(await secured.send({ ...link, target: undone }), mismatch('V1 URL'));
    }
  });

  test('a value that reads like one is refused', async () => {
    const query = [['response-content-type', 'text/plain&versionId=null']] as const;
    expectRefusal(await secured.ask('V1 URL', { query }), mismatch('V1 URL'));
    expect((await secured.ask('V4 URL', { query })).text).toBe(content);
  });
});

describe.each(urlForms)('checklist 10: a GET link is for one thing, %s', (form) => {
  test.each(['PUT', 'HEAD', 'DELETE', 'POST'])('not for %s', async (method) => {
    const link = addHeaders(secured.sign(form), ['Content-Length', '0']);
    expectRefusal(await secured.send({ ...link, method }), mismatch(form));
    expect((await secured.send(link)).text).toBe(content);
  });

  test('not for another key or bucket, by path or by host', async () => {
    const link = secured.sign(form);
    const query = link.target.slice(link.target.indexOf('?'));
    const at = (path: string, host = secured.gateway.host): RawRequest =>
      withHeader({ ...link, target: path + query }, 'Host', host);
    for (const elsewhere of [
      at(`/${bucket}/dir/missing.txt`),
      at(`/${bucket}/dir/a%20b.txt/`),
      at(`/${bucket}/dir/a+b.txt`),
      at(`/${bucket}//dir/a%20b.txt`.replace('//dir', '/./dir')),
      at(`/${bucket}/`),
      at(`/${otherBucket}/dir/a%20b.txt`),
      at('/dir/a%20b.txt', `${otherBucket}.oss-cn-hangzhou.aliyuncs.com`),
      at('/dir/a%20b.txt', `${otherBucket}.localhost`),
      at(`/${bucket}/dir/a%20b.txt`, `${bucket}.localhost`),
    ]) {
      expectRefusal(await secured.send(elsewhere), mismatch(form));
    }
    // The host is not signed, the bucket is: every address of the bucket is good.
    for (const host of [`${bucket}.oss-cn-hangzhou.aliyuncs.com`, `${bucket}.localhost:6770`]) {
      expect((await secured.send(at('/dir/a%20b.txt', host))).text).toBe(content);
    }
    const own = { ...link, target: withQuery(`/${otherBucket}/dir/a%20b.txt`, []) };
    expectRefusal(await secured.send(own), { status: 403, code: 'AccessDenied' });
    expect((await secured.ask(form, { bucket: otherBucket })).text).toBe(otherContent);
  });
});

describe('checklist 23: conditions tell nothing to those who may not read', () => {
  let etag: string;
  let mtime: string;

  beforeEach(async () => {
    const { headers } = await secured.ask('V4 header', { method: 'HEAD' });
    etag = headers.get('etag') ?? '';
    mtime = headers.get('last-modified') ?? '';
    expect(etag).toMatch(/^"[0-9A-F]{32}"$/);
  });

  const conditions = (): (readonly [string, string])[] => [
    ['If-Match', etag],
    ['If-Match', '*'],
    ['If-None-Match', etag],
    ['If-None-Match', '*'],
    ['If-None-Match', '"0"'],
    ['If-Modified-Since', mtime],
    ['If-Unmodified-Since', mtime],
    ['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['Range', 'bytes=0-0'],
    ['Range', 'bytes=1000000-'],
  ];

  const telling = ['etag', 'last-modified', 'content-range', 'accept-ranges', 'x-oss-object-type'];

  test.each(['GET', 'HEAD'])('%s of nobody', async (method) => {
    for (const condition of conditions()) {
      for (const name of [key, missingKey]) {
        const target = withQuery(`/${bucket}/${encodeURI(name)}`, []);
        const answer = await secured.gateway.anonymous({ method, target, headers: [condition] });
        expectRefusal(answer, { status: 403, code: 'AccessDenied' });
        for (const header of telling) expect(answer.headers.has(header), header).toBe(false);
      }
    }
  });

  test.each(signedForms)('another account, a wrong signature, an expired one: %s', async (form) => {
    for (const condition of conditions()) {
      const answers = [
        await secured.send(addHeaders(secured.sign(form, { as: bob }), condition)),
        await secured.send(addHeaders({ ...secured.sign(form), method: 'HEAD' }, condition)),
        await secured.send(addHeaders(secured.sign(form, { lifetimeS: -1 }), condition)),
      ].slice(0, form.endsWith('URL') ? 3 : 2);
      for (const answer of answers) {
        // A lifetime of -1 is none in V4.
        expect([400, 403]).toContain(answer.status);
        for (const header of telling) expect(answer.headers.has(header), header).toBe(false);
      }
    }
  });
});
