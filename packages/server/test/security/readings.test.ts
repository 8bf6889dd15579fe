// Security checklist 15, 18 and 38: every request has one reading, the same for the signature and for what
// is done, whatever a proxy in front may say. Codes: choices rows 10 to 13, 20.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucket, expectRefusal, quick } from '../support/gateway-under-test.ts';
import { LogLines } from '../support/log-lines.ts';
import { type RawRequest, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { type Pairs, signedForms, urlForms } from '../support/signed-forms.ts';
import {
  addHeaders,
  bobsBucket,
  content,
  mismatch,
  otherBucket,
  otherContent,
  Secured,
  withHeader,
} from './secured.ts';

const boundDomain = 'files.example.com';
const log = new LogLines();
let secured: Secured;

beforeAll(async () => {
  const cnames = { [boundDomain]: bucket };
  secured = await Secured.start({ cnames, log: 'info', logStream: log });
  for (const name of ['a', 'a b', 'a+b', 'a/b', 'b', '%', 'a%2Fb']) {
    const put = { method: 'PUT', key: name, body: Buffer.from(name) };
    expect((await secured.ask('V4 header', put)).status).toBe(200);
  }
});

afterAll(() => secured.stop());

describe('checklist 15: one reading of a query', () => {
  /** Keys that a signed listing shows; `wire` is what is sent in the place of the signed query. */
  async function listed(query: Pairs, wire: string): Promise<string[] | number> {
    const signed = secured.signBucket('V4 header', { bucket, query });
    const answer = await secured.send({ ...signed, target: `/${bucket}/?${wire}` });
    if (answer.status !== 200) return answer.status;
    return [...answer.text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name]) => name as string);
  }

  test.each<[what: string, query: Pairs, wires: string[], keys: string[] | number]>([
    ['+ and %20 are a space', [['prefix', 'a b']], ['prefix=a+b', 'prefix=a%20b'], ['a b']],
    ['%2B is a plus', [['prefix', 'a+b']], ['prefix=a%2Bb', 'prefix=a%2bb'], ['a+b']],
    ['so a plus is not', [['prefix', 'a+b']], ['prefix=a+b', 'prefix=a%20b'], 403],
    ['/ and its escapes', [['prefix', 'a/']], ['prefix=a/', 'prefix=a%2F', 'prefix=a%2f'], ['a/b']],
    ['an escaped percent', [['prefix', 'a%']], ['prefix=a%25', '%70refix=a%25'], ['a%2Fb']],
    ['escapes are undone once', [['prefix', 'a%2F']], ['prefix=a%252F'], ['a%2Fb']],
    ['not twice', [['prefix', 'a/']], ['prefix=a%252F'], 403],
    [
      'an empty value and none',
      [
        ['prefix', 'b'],
        ['delimiter', ''],
      ],
      ['prefix=b&delimiter', 'prefix=b&delimiter=', 'delimiter=&prefix=b', '&prefix=b&&delimiter'],
      ['b'],
    ],
    ['but not a parameter left out', [['prefix', 'b']], ['prefix=b&delimiter=', ''], 403],
  ])('%s', async (_what, query, wires, keys) => {
    for (const wire of wires) expect(await listed(query, wire), wire).toEqual(keys);
  });

  test('a name sent twice is not signed for one of two meanings', async () => {
    const query: Pairs = [
      ['prefix', 'a/'],
      ['prefix', 'b'],
    ];
    for (const form of signedForms) {
      for (const order of [query, query.toReversed()]) {
        const answer = await secured.send(secured.signBucket(form, { bucket, query: order }));
        expectRefusal(answer, {
          status: 400,
          code: 'InvalidArgument',
          elements: { ArgumentName: 'prefix' },
        });
      }
      const same: Pairs = [
        ['prefix', 'b'],
        ['prefix', 'b'],
      ];
      const answer = await secured.send(secured.signBucket(form, { bucket, query: same }));
      expect(answer.status).toBe(200);
    }
  });

  test.each(urlForms)('%s: nor can a second one be put beside a signed one', async (form) => {
    const query: Pairs = [['response-content-type', 'text/plain']];
    const link = secured.sign(form, { query });
    const [path = '', signed = ''] = link.target.split('?');
    for (const second of ['response-content-type=text/html', 'response-content-type']) {
      for (const target of [`${path}?${signed}&${second}`, `${path}?${second}&${signed}`]) {
        expectRefusal(await secured.send({ ...link, target }), mismatch(form));
      }
    }
  });
});

describe('checklist 15: one reading of a path', () => {
  test.each(signedForms)('%s', async (form) => {
    const answers = async (name: string, path: string): Promise<string | number> => {
      const signed = secured.sign(form, { key: name });
      const [, query] = signed.target.split('?');
      const target = `/${bucket}/${path}${query === undefined ? '' : `?${query}`}`;
      const answer = await secured.send({ ...signed, target });
      return answer.status === 200 ? answer.text : answer.status;
    };
    expect(await answers('a+b', 'a+b')).toBe('a+b');
    expect(await answers('a+b', 'a%2Bb')).toBe('a+b');
    expect(await answers('a+b', 'a%2bb')).toBe('a+b');
    expect(await answers('a+b', 'a%20b')).toBe(403);
    expect(await answers('a b', 'a%20b')).toBe('a b');
    expect(await answers('a b', 'a+b')).toBe(403);
    expect(await answers('a/b', 'a/b')).toBe('a/b');
    expect(await answers('a/b', 'a%2fb')).toBe('a/b');
    expect(await answers('a/b', '%61%2Fb')).toBe('a/b');
    expect(await answers('a/b', 'a%252Fb')).toBe(403);
    expect(await answers('a%2Fb', 'a%252Fb')).toBe('a%2Fb');
    expect(await answers('a%2Fb', 'a%2Fb')).toBe(403);
    expect(await answers('a/b', 'x/../a/b')).toBe(403);
    expect(await answers('a/b', 'a/./b')).toBe(403);
    expect(await answers('a/b', 'a//b')).toBe(403);
    expect(await answers('%', '%25')).toBe('%');
    expect(await answers('%', '%')).toBe(400);
  });
});

describe('checklist 18: every name is one bucket, or none', () => {
  /** Sends a link of `bucket` to whatever host and path. */
  async function ask(host: string, path: string, inBucket = bucket): Promise<RawResponse> {
    const link = secured.sign('V4 URL', { bucket: inBucket });
    const query = link.target.slice(link.target.indexOf('?'));
    return secured.send(withHeader({ ...link, target: path + query }, 'Host', host));
  }

  test.each([
    'ab',
    'a'.repeat(64),
    'Examplebucket',
    'EXAMPLEBUCKET',
    'example.bucket',
    'example_bucket',
    '-examplebucket',
    'examplebucket-',
    'xn--ls8h.example',
    '192.168.0.1',
    '..',
    '.',
    '%2e%2e',
    'examplebucket%00',
    'examplebucket%2Fdir',
    'examplebucket%20',
    '%C3%A9xample',
  ])('%s is no bucket', async (name) => {
    const refusal = { status: 400, code: 'InvalidBucketName' };
    expectRefusal(await ask(secured.gateway.host, `/${name}/k`), refusal);
    const put = { method: 'PUT', target: `/${name}`, bucket: decodeURIComponent(name) };
    expectRefusal(await secured.gateway.signed(put, quick), refusal);
  });

  test.each(['xn--ls8h', '123', '1-2', 'localhost', 'oss-cn-hangzhou', 'aliyuncs', 'undefined'])(
    '%s is one, the same by path and by host',
    async (name) => {
      const made = { method: 'PUT', target: `/${name}`, bucket: name };
      expect((await secured.gateway.signed(made, quick)).status).toBe(200);
      const body = Buffer.from(name);
      const put = secured.sign('V4 header', { method: 'PUT', bucket: name, key: 'k', body });
      expect((await secured.send(put)).status).toBe(200);
      const link = secured.sign('V4 URL', { bucket: name, key: 'k' });
      const query = link.target.slice(link.target.indexOf('?'));
      for (const [host, path] of [
        [secured.gateway.host, `/${name}/k`],
        [`${name}.localhost`, '/k'],
        [`${name}.oss-cn-hangzhou.aliyuncs.com`, '/k'],
        [`${name}.oss-cn-hangzhou-internal.aliyuncs.com`, '/k'],
      ] as const) {
        const request = withHeader({ ...link, target: path + query }, 'Host', host);
        expect((await secured.send(request)).text, host).toBe(name);
      }
    },
  );

  const object = '/dir/a%20b.txt';
  const official = 'oss-cn-hangzhou.aliyuncs.com';

  test.each<[host: string, path: string]>([
    [`${bucket}.${official}`, object],
    [`${bucket}.${official}:6770`, object],
    [`${bucket}.${official}.`, object],
    [`${bucket}.${official.toUpperCase()}`, object],
    [`${bucket.toUpperCase()}.${official}`, object],
    [`${bucket}.localhost:1`, object],
    [boundDomain, object],
    [`${boundDomain.toUpperCase()}:443`, object],
    [`${boundDomain}.`, object],
    [official, `/${bucket}${object}`],
    ['127.0.0.1', `/${bucket}${object}`],
    ['[::1]:80', `/${bucket}${object}`],
    ['localhost', `/${bucket}${object}`],
    ['unknown.example.com', `/${bucket}${object}`],
  ])('host %s, path %s: its object', async (host, path) => {
    const answer = await ask(host, path);
    expect([answer.status, answer.text]).toEqual([200, content]);
  });

  test.each<[host: string, path: string, status: number]>([
    // The host says one bucket, the path another: the path is a key.
    [`${otherBucket}.${official}`, `/${bucket}${object}`, 403],
    [`${bucket}.${official}`, `/${bucket}${object}`, 403],
    [boundDomain, `/${bucket}${object}`, 403],
    [`${otherBucket}.${official}`, object, 403],
    [`a.${bucket}.${official}`, object, 400],
    // One SDK sends an empty label when it means the service: the path names the bucket.
    [`.${official}`, object, 404],
    [`..${official}`, object, 400],
    [`x${official}`, object, 404],
    [`${bucket}.${official}.evil.example`, object, 404],
    [`${boundDomain}.evil.example`, object, 404],
    [`evil.${boundDomain}`, object, 404],
    [`${bucket}.${official}@evil.example`, object, 404],
    ['', object, 400],
    [' ', object, 400],
  ])('host %s, path %s: %i', async (host, path, status) => {
    const answer = await ask(host, path);
    expect(answer.status, answer.text).toBe(status);
    expect(answer.text).not.toContain(content);
  });

  test('two hosts, and a target that names another', async () => {
    const link = secured.sign('V4 URL');
    const two = addHeaders(link, ['Host', `${otherBucket}.${official}`]);
    for (const request of [
      two,
      { ...link, target: `http://${otherBucket}.${official}${link.target}` },
      { ...link, target: `http://evil.example@${secured.gateway.host}${link.target}` },
    ]) {
      expectRefusal(await secured.send(request), { status: 400, code: 'InvalidArgument' });
    }
    const same = { ...link, target: `http://${secured.gateway.host}${link.target}` };
    expect((await secured.send(same)).text).toBe(content);
  });
});

describe('checklist 38: what a proxy says is not believed', () => {
  const spoofed = (host: string): Pairs => [
    ['X-Forwarded-Host', host],
    ['X-Forwarded-For', '10.1.2.3'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Prefix', '/admin'],
    ['X-Real-IP', '10.1.2.3'],
    ['Forwarded', `for=10.1.2.3;host=${host};proto=https`],
    ['X-Original-URL', `/${otherBucket}/dir/a%20b.txt`],
    ['X-Rewrite-URL', `/${otherBucket}/dir/a%20b.txt`],
    ['X-Original-Host', host],
    ['X-HTTP-Method-Override', 'DELETE'],
    ['True-Client-IP', '10.1.2.3'],
    ['Via', '1.1 proxy'],
  ];

  test.each(signedForms)('%s: neither host, path, method nor address', async (form) => {
    const host = `${otherBucket}.oss-cn-hangzhou.aliyuncs.com`;
    log.all.length = 0;
    const answer = await secured.send(addHeaders(secured.sign(form), ...spoofed(host)));
    expect([answer.status, answer.text]).toEqual([200, content]);
    expect((await secured.ask(form)).text).toBe(content);
    const requests = log.all.filter(({ msg }) => msg === 'request');
    expect(requests.map(({ remote }) => remote)).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(JSON.stringify(log.all)).not.toContain('10.1.2.3');
  });

  test('nobody gets in by them, and no answer repeats them', async () => {
    const target = `/${bobsBucket}/k`;
    const asked: RawRequest = { target, headers: [['Host', secured.gateway.host]] };
    for (const request of [asked, { ...asked, target: '/' }, { ...asked, target: '/livez' }]) {
      const headers = spoofed('127.0.0.1');
      const plain = await secured.send(request);
      const answer = await secured.gateway.raw(
        requestBytes(addHeaders(request, ...headers)),
        quick,
      );
      expect(answer.status).toBe(plain.status);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text + JSON.stringify([...answer.headers])).not.toContain('10.1.2.3');
    }
    expect((await secured.ask('V4 header', { bucket: otherBucket })).text).toBe(otherContent);
  });
});
