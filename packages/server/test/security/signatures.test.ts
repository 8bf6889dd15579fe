// Security checklist 1 to 5: nothing gets in without a signature that covers exactly what is asked for.
// Codes: choices rows 1, 6, 11.
import { encodePath } from '@osskeep/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { nothingMayBeSkipped } from '../../../../testing/skips.ts';
import {
  bucket,
  errorDocument,
  expectRefusal,
  type Refusal,
} from '../support/gateway-under-test.ts';
import { element, type RawRequest, type RawResponse } from '../support/raw-http.ts';
import {
  headerForms,
  isUrlForm,
  type Pairs,
  type SignedForm,
  signedForms,
  urlForms,
} from '../support/signed-forms.ts';
import {
  addHeaders,
  authorizationOf,
  bob,
  content,
  key,
  mismatch,
  missingKey,
  otherBucket,
  Secured,
  withHeader,
} from './secured.ts';

const isComplete = nothingMayBeSkipped;
let secured: Secured;

beforeAll(async () => {
  secured = await Secured.start();
});

afterAll(() => secured.stop());

describe('checklist 01: without a good signature nobody learns whether a key exists', () => {
  const garbled = [
    ['Bearer abc', 400, 'InvalidArgument'],
    ['OSS', 400, 'InvalidArgument'],
    ['OSS LTAI5tTestKey0001', 400, 'InvalidArgument'],
    ['OSS LTAI5tTestKey0001:c2lnbmF0dXJl', 403, 'AccessDenied'],
    ['OSS4-HMAC-SHA256 Credential=x', 400, 'InvalidArgument'],
    ['\u0001', 400, 'InvalidRequest'],
  ] as const;

  /** Everything an answer says but what differs by chance. */
  function said({ status, headers, ...response }: RawResponse): string {
    const shown = [...headers].filter(
      ([name]) => !['date', 'x-oss-request-id', 'x-oss-server-time', 'x-oss-err'].includes(name),
    );
    const document = errorDocument({ status, headers, ...response });
    const plain = document
      .replace(/<RequestId>\w+/, '')
      .replaceAll('dir/a%20b.txt', 'KEY')
      .replaceAll('dir/missing.txt', 'KEY');
    const length = ([name]: readonly [string, string]): boolean => name !== 'content-length';
    return JSON.stringify([status, shown.filter(length), plain]);
  }

  const paths = [key, missingKey].map(encodePath);

  test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s without one', async (method) => {
    const answers = await Promise.all(
      paths.map((path) => secured.gateway.anonymous({ method, target: `/${bucket}/${path}` })),
    );
    for (const answer of answers) expectRefusal(answer, { status: 403, code: 'AccessDenied' });
    expect(new Set(answers.map(said)).size).toBe(1);
  });

  test.each(garbled)('Authorization %j', async (authorization, status, code) => {
    const answers: RawResponse[] = [];
    for (const path of paths) {
      const headers = [['Authorization', authorization]] as const;
      const answer = await secured.gateway.anonymous({ target: `/${bucket}/${path}`, headers });
      expectRefusal(answer, { status, code });
      answers.push(answer);
    }
    expect(new Set(answers.map(said)).size).toBe(1);
  });

  test('of another account', async () => {
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      const answers = [];
      for (const name of [key, missingKey]) {
        answers.push(await secured.ask('V4 header', { method, key: name, as: bob }));
      }
      for (const answer of answers) expectRefusal(answer, { status: 403, code: 'AccessDenied' });
      expect(new Set(answers.map(said)).size).toBe(1);
    }
  });
});

describe.each(signedForms)('checklist 02: one bit flipped, %s', (form) => {
  const query: Pairs = [['response-content-type', 'text/x-a']];
  const headers: Pairs = [['x-oss-meta-note', 'abc']];
  const whole = (): RawRequest => secured.sign(form, { query, headers });

  test('unspoilt it is good', async () => {
    const answer = await secured.send(whole());
    expect([answer.status, answer.text]).toEqual([200, content]);
    expect(answer.headers.get('content-type')).toBe('text/x-a');
  });

  test('in what is named: the very refusal', async () => {
    const good = whole();
    const target = (from: string, to: string): RawRequest => {
      expect(good.target).toContain(from);
      return { ...good, target: good.target.replace(from, to) };
    };
    await refused(form, { ...good, method: 'HEAD' });
    await refused(form, target(`/${bucket}/`, `/${otherBucket}/`));
    await refused(form, target('a%20b.txt', 'a%20b.txu'));
    await refused(form, target('text%2Fx-a', 'text%2Fx-`'));
    await refused(form, withHeader(good, 'x-oss-meta-note', 'abb'));
    await refused(form, withSignature(good, form));
  });

  test('anywhere else: never let in, never a 5xx', async () => {
    const good = whole();
    let spoilt = 0;
    for (const request of flips(good)) {
      const answer = await secured.send(request);
      spoilt += 1;
      const shown = `${request.target} ${JSON.stringify(request.headers)}`;
      const allowed = canonical(request) === canonical(good) ? [200] : [400, 403, 404];
      expect(allowed, `${answer.status} ${shown}`).toContain(answer.status);
      if (answer.status !== 200) expect(answer.text, shown).not.toContain(content);
    }
    expect(spoilt).toBeGreaterThan(100);
  });
});

async function refused(form: SignedForm, request: RawRequest): Promise<void> {
  expectRefusal(await secured.send(request), mismatch(form));
}

/** The first letter of the signature is another one. */
function withSignature(good: RawRequest, form: SignedForm): RawRequest {
  const other = (text: string): string =>
    text.replace(/(Signature[=:]|signature=|:)(\w)([\w+/%=]+)$/, (_all, name, first, rest) => {
      return `${name}${first === 'a' ? 'b' : 'a'}${rest}`;
    });
  if (!isUrlForm(form)) return withHeader(good, 'Authorization', other(authorizationOf(good)));
  return { ...good, target: other(good.target) };
}

/** The target and every signed header's value with one bit changed, at every place in turn. */
function* flips(good: RawRequest): Iterable<RawRequest> {
  for (const target of flipped(good.target)) yield { ...good, target };
  for (const [name, value] of good.headers ?? []) {
    if (name === 'Host') continue;
    for (const spoilt of flipped(value)) yield withHeader(good, name, spoilt);
  }
}

function* flipped(text: string): Iterable<string> {
  for (let at = 0; at < text.length; at += 1) {
    // All eight bits of every byte in a complete run, in a short one a different bit of each.
    const bits = isComplete ? [0, 1, 2, 3, 4, 5, 6, 7] : [at % 8];
    for (const bit of bits) {
      const letter = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
      // That is other framing, not another value.
      if (letter === '\r' || letter === '\n') continue;
      yield text.slice(0, at) + letter + text.slice(at + 1);
    }
  }
}

/** What differs in spelling alone is the same: case of escapes, spaces around a header. */
function canonical({ target, headers = [] }: RawRequest): string {
  const plain = (text: string): string =>
    text.replace(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase());
  return JSON.stringify([plain(target), headers.map(([name, value]) => [name, value.trim()])]);
}

describe('checklist 03: an unknown access key is refused as such, for the same work', () => {
  const nobody = { accessKeyId: 'LTAI5tTestKey0002', accessKeySecret: 'x' };
  const wrong = { ...nobody, accessKeyId: 'LTAI5tTestKey0001' };
  /** Past this many parameters nobody looks for the cause of a mismatch: that is help, not refusal. */
  const many: Pairs = Array.from({ length: 60 }, (_, at) => [`x${at}`, 'y']);

  test.each(signedForms)('%s', async (form) => {
    expectRefusal(await secured.ask(form, { as: nobody }), {
      status: 403,
      code: 'InvalidAccessKeyId',
      ec: '0002-00000902',
      elements: { OSSAccessKeyId: nobody.accessKeyId },
    });
    const work: number[] = [];
    for (const as of [nobody, wrong]) {
      const request = secured.sign(form, { query: many, as });
      await secured.send(request);
      const crypto = process.getBuiltinModule('node:crypto');
      // V4 makes its HMACs of plain hashes.
      const counted = [vi.spyOn(crypto, 'createHmac'), vi.spyOn(crypto, 'hash')];
      await secured.send(request);
      work.push(counted.reduce((sum, { mock }) => sum + mock.calls.length, 0));
      for (const spy of counted) spy.mockRestore();
    }
    expect(work[0]).toBeGreaterThan(0);
    expect(work[0]).toBe(work[1]);
  });
});

describe('checklist 04: credentials in two places are refused', () => {
  const both: Refusal = { status: 400, code: 'InvalidArgument', ec: '0002-00000039' };
  const pairs = headerForms.flatMap((header) => urlForms.map((url) => [header, url] as const));

  test.each(pairs)('%s and %s', async (header, url) => {
    const inHeader = secured.sign(header);
    const inUrl = secured.sign(url);
    expectRefusal(await secured.send({ ...inHeader, target: inUrl.target }), both);
  });

  test.each(headerForms)('Authorization twice, %s', async (form) => {
    const request = secured.sign(form);
    for (const second of [authorizationOf(request), 'OSS a:b']) {
      expectRefusal(await secured.send(addHeaders(request, ['Authorization', second])), {
        status: 400,
        code: 'InvalidArgument',
        elements: { ArgumentName: 'authorization' },
      });
    }
  });

  test('two algorithms in one header', async () => {
    const one = authorizationOf(secured.sign('V4 header'));
    for (const other of headerForms.map((form) => authorizationOf(secured.sign(form)))) {
      for (const value of [`${one} ${other}`, `${one}, ${other}`, `${other}, ${one}`]) {
        const request = withHeader(secured.sign('V4 header'), 'Authorization', value);
        const answer = await secured.send(request);
        expect([400, 403]).toContain(answer.status);
        expect(element(answer.text, 'Code')).toMatch(/^(InvalidArgument|AccessDenied|Signature)/);
      }
    }
  });

  test('V1 and V4 parameters in one URL', async () => {
    const v1 = secured.sign('V1 URL').target.split('?')[1] ?? '';
    const { target, ...request } = secured.sign('V4 URL');
    expectRefusal(
      await secured.send({ ...request, target: `${target}&${v1}` }),
      mismatch('V4 URL'),
    );
  });
});

describe('checklist 05: nothing can be added to a signed PUT', () => {
  const added = [
    ['x-oss-copy-source', `/${bucket}/dir/a%20b.txt`],
    ['x-oss-object-acl', 'public-read-write'],
    ['x-oss-tagging', 'a=b'],
    ['x-oss-meta-owner', 'someone'],
    ['x-oss-callback', Buffer.from('{"callbackUrl":"http://127.0.0.1"}').toString('base64')],
    ['x-oss-storage-class', 'Archive'],
    ['x-oss-forbid-overwrite', 'true'],
    ['x-oss-security-token', 'token'],
    ['x-oss-anything', 'x'],
    ['Content-Type', 'text/html'],
    ['Content-MD5', 'XUFAKrxLKna5cZ2REBfFkg=='],
  ] as const;

  describe.each(urlForms)('%s', (form) => {
    test.each(added)('%s', async (name, value) => {
      const body = Buffer.from('hello');
      const put = { method: 'PUT', key: `new/${name}`, body };
      const answer = await secured.send(addHeaders(secured.sign(form, put), [name, value]));
      // A token is looked at before the signature is.
      const code = name === 'x-oss-security-token' ? 'InvalidSecurityToken' : undefined;
      expectRefusal(answer, code === undefined ? mismatch(form) : { status: 403, code });
      expect((await secured.ask('V4 header', { key: put.key })).status).toBe(404);
      expect((await secured.ask(form, put)).status).toBe(200);
      expect((await secured.ask('V4 header', { ...put, method: 'DELETE' })).status).toBe(204);
    });
  });
});
