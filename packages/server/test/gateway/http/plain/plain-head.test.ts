// A head that is taken for plain must be read as Node reads it; what is spelled in any other way has to be
// left to Node.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlainFields, plainHead } from '../../../../src/gateway/http/plain/plain-head.ts';
import { NodeParser } from '../../../support/node-parser.ts';

let node: NodeParser;
beforeAll(async () => {
  node = await NodeParser.start();
});
afterAll(() => node.stop());

function charsBetween(first: string, end: string): string[] {
  const from = first.charCodeAt(0);
  return Array.from({ length: end.charCodeAt(0) - from + 1 }, (_, at) =>
    String.fromCharCode(from + at),
  );
}

const visible = charsBetween('!', '~');
const separators = new Set('"(),/:;<=>?@[\\]{}');
const textOf = (chars: readonly string[], lengths: { minLength?: number; maxLength: number }) =>
  fc.array(fc.constantFrom(...chars), lengths).map((parts) => parts.join(''));
const token = textOf(
  visible.filter((char) => !separators.has(char)),
  { minLength: 1, maxLength: 12 },
);
const plainValue = textOf([...visible, ' '], { minLength: 1, maxLength: 20 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const plainField = fc.tuple(
  fc.oneof(
    token,
    fc.constantFrom('Host', 'host', 'Range', 'Authorization', 'x-oss-date', 'Cookie'),
  ),
  fc.constantFrom(': ', ':'),
  plainValue,
);
const otherField = fc.tuple(
  fc.constantFrom('Content-Length', 'Transfer-Encoding', 'Upgrade', 'Expect', 'TE', 'Connection'),
  fc.constantFrom(': ', ':'),
  fc.constantFrom('keep-alive', 'Keep-Alive', 'close', 'upgrade', 'chunked', '0', '5', ''),
);
const fieldLine = fc
  .oneof({ weight: 30, arbitrary: plainField }, { weight: 1, arbitrary: otherField })
  .map((parts) => parts.join(''));

const target = textOf(visible, { maxLength: 40 });
const fieldLines = fc.array(fieldLine, { maxLength: 8 });

/** Well-formed, and mostly plain. */
const download = fc
  .record({ method: fc.constantFrom('GET', 'HEAD'), target, fields: fieldLines })
  .map(({ method, target: path, fields }) => requestOf(method, path, fields));
/** With the length of its body, mostly. */
const upload = fc
  .record({
    target,
    fields: fieldLines,
    at: fc.nat(8),
    name: fc.constantFrom('Content-Length', 'content-length'),
    body: fc.uint8Array({ maxLength: 60 }),
    wrong: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: -3, max: 3 })),
  })
  .map(({ target: path, fields, at, name, body, wrong }) => {
    const length = `${name}: ${body.length + wrong}`;
    return requestOf('PUT', path, fields.toSpliced(at, 0, length), body);
  });
const head = fc.oneof(download, upload);

function requestOf(
  method: string,
  path: string,
  fields: readonly string[],
  body: Uint8Array = new Uint8Array(0),
): Buffer {
  const text = [`${method} /${path} HTTP/1.1`, ...fields, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(text, 'latin1'), body]);
}

const awkwardByte = fc.constantFrom(0, 9, 10, 13, 32, 34, 44, 47, 58, 64, 127, 128, 160, 255);
const byte = fc.oneof(awkwardByte, fc.integer({ min: 0, max: 255 }));

interface Change {
  readonly kind: 'replace' | 'insert' | 'remove' | 'repeat line';
  /** Where, as a part of the head. */
  readonly at: number;
  readonly byte: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace', 'insert', 'remove', 'repeat line'),
  at: fc.noBias(fc.integer({ min: 0, max: 999 })).map((thousandths) => thousandths / 1_000),
  byte,
});

function changed(bytes: Buffer, { kind, at, byte }: Change): Buffer {
  const place = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (kind === 'insert') return Buffer.concat([before, Buffer.of(byte), after]);
  if (kind === 'remove') return Buffer.concat([before, after.subarray(1)]);
  if (kind === 'replace') return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
  const lines = bytes.toString('latin1').split('\r\n');
  const line = Math.floor(at * lines.length);
  return Buffer.from(lines.toSpliced(line, 0, lines[line] as string).join('\r\n'), 'latin1');
}

const many = { minLength: 10, maxLength: 60, size: 'max' } as const;

/** How many of them were plain. */
async function expectReadAsNodeDoes(heads: readonly Buffer[]): Promise<number> {
  let last: PlainFields | undefined;
  const plain = heads.flatMap((bytes) => {
    const plainly = plainHead(bytes, last);
    if (plainly === undefined) return [];
    const { method, url, fields, body, missingBytes } = plainly;
    last = fields;
    // What is missing of a body comes behind it.
    const missing = Buffer.alloc(missingBytes, 'x');
    const whole = Buffer.concat([body, missing]).toString('hex');
    const read = { method, url, rawHeaders: fields.raw, body: whole };
    return [{ bytes: Buffer.concat([bytes, missing]), read }];
  });
  const parsed = await node.parse(plain.map(({ bytes }) => bytes));
  expect(plain.map(({ read }) => read)).toEqual(parsed);
  return plain.length;
}

describe('whatever is plain is read as Node reads it', () => {
  test('well-formed heads', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(head, many), async (heads) => {
        plain += await expectReadAsNodeDoes(heads);
      }),
      { numRuns: 60 },
    );
    expect(plain).toBeGreaterThan(1_000);
  });

  test.each([1, 2])('heads with %i changes', async (changes) => {
    let plain = 0;
    const spoilt = fc
      .tuple(head, fc.array(change, { minLength: changes, maxLength: changes }))
      .map(([bytes, all]) => all.reduce(changed, bytes));
    await fc.assert(
      fc.asyncProperty(fc.array(spoilt, many), async (heads) => {
        plain += await expectReadAsNodeDoes(heads);
      }),
      { numRuns: 100 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  test.each([
    'GET /a?b=c HTTP/1.1\r\nHost: h\r\nx-A:b c\r\n\r\n',
    'PUT /a?b=c HTTP/1.1\r\nHost: h\r\nContent-Length: 12\r\n\r\nhello\r\n\r\nyou',
  ])('every byte at every place of %j', async (text) => {
    const bytes = Buffer.from(text);
    let plain = 0;
    for (let place = 0; place < bytes.length; place += 1) {
      const heads = Array.from({ length: 256 }, (_, byte) => [
        changed(bytes, { kind: 'replace', at: place / bytes.length, byte }),
        changed(bytes, { kind: 'insert', at: place / bytes.length, byte }),
      ]);
      plain += await expectReadAsNodeDoes(heads.flat());
    }
    expect(plain).toBeGreaterThan(1_000);
  });
});

const usualPut = 'PUT /b/k HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello';

test.each([
  ['a small one', usualPut],
  ['an empty one', usualPut.replace('5', '0').replace('hello', '')],
  ['a length without a space', usualPut.replace(': 5', ':5')],
  ['one of 60 KiB', usualPut.replace('5', '61440').replace('hello', 'x'.repeat(61_440))],
  ['one like a head', usualPut.replace('5', '18').replace('hello', 'GET / HTTP/1.1\r\n\r\n')],
])('a plain upload: %s', async (_what, text) => {
  expect(await expectReadAsNodeDoes([Buffer.from(text)])).toBe(1);
});

test.each([
  ['no length', usualPut.replace('Content-Length: 5\r\n', '')],
  ['too long', `${usualPut}!`],
  ['followed by a request', `${usualPut}${usualPut}`],
  ['two lengths', usualPut.replace('Host: h', 'Content-Length: 5')],
  ['chunked as well', usualPut.replace('Host: h', 'Transfer-Encoding: chunked')],
  ['waiting to be told', usualPut.replace('Host: h', 'Expect: 100-continue')],
  ['larger than what is in one piece', usualPut.replace('5', '1000000')],
  ...['05', '+5', '-5', '5 ', ' 5', '5, 5', '0x5', '5.0', '5e0', '٥', ''].map((length) => [
    `the length ${JSON.stringify(length)}`,
    usualPut.replace('5', length),
  ]),
])('not a plain upload: %s', (_what, text) => {
  expect(plainHead(Buffer.from(text as string, 'latin1'))).toBeUndefined();
});

test('the body of an upload is what stands behind its head, and what is missing of its length', () => {
  const headLength = usualPut.length - 'hello'.length;
  for (let length = 0; length < headLength; length += 1) {
    expect(plainHead(Buffer.from(usualPut.slice(0, length)))).toBeUndefined();
  }
  for (let length = headLength; length <= usualPut.length; length += 1) {
    const head = plainHead(Buffer.from(usualPut.slice(0, length)));
    expect(head?.body.toString()).toBe('hello'.slice(0, length - headLength));
    expect(head?.missingBytes).toBe(usualPut.length - length);
  }
});

const usual = 'GET /bucket/key?x-oss-date=1 HTTP/1.1\r\nHost: h:1\r\nAccept: */*\r\n\r\n';

test.each([
  ['curl', 'HEAD /b/k HTTP/1.1\r\nHost: h\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n'],
  ['Go', 'GET /b/k HTTP/1.1\r\nHost: h\r\nUser-Agent: Go\r\nAccept-Encoding: gzip\r\n\r\n'],
  ['a browser', 'GET /b HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\nCookie: a=b; c\r\n\r\n'],
  ['no header field', 'GET / HTTP/1.1\r\n\r\n'],
  ['64 fields', usual.replace('Accept: */*', Array(63).fill('A: b').join('\r\n'))],
])('plain: %s', async (_what, text) => {
  expect(await expectReadAsNodeDoes([Buffer.from(text)])).toBe(1);
});

function withField(line: string): string {
  return usual.replace('Accept: */*', line);
}

test.each([
  ...['Content-Length: 0', 'Content-Length: 5', 'content-length:5', 'Transfer-Encoding: chunked'],
  ...['TE: trailers', 'Trailer: x', 'Expect: 100-continue', 'Upgrade: h2c', 'HTTP2-Settings: x'],
  ...['Connection: close', 'Connection: upgrade', 'Connection: keep-alive, x', 'CONNECTION: TE'],
  ...['Proxy-Connection: keep-alive', 'Keep-Alive: timeout=5', 'Connection: keep-alive\t'],
  ...['A:', 'A: ', 'A:  b', 'A:\tb', 'A: b ', 'A: b\t', 'A: b\tc', 'A : b', ' A: b', ': b', 'A b'],
  ...['A: é', 'Ä: b', 'A: \u007f', 'A: \0', 'A: b\r c', 'A: b\n c', 'A: b\nC: d', 'A: b\rC: d'],
  ...['A: b\r\n c', 'A: b\r\n\tc', 'A: b\r\n\r\n', '\r\nA: b', 'A: b\n', 'A: b\r', 'A: b\r\n\n'],
])('not plain: the field %j', (line) => {
  expect(plainHead(Buffer.from(withField(line), 'latin1'))).toBeUndefined();
});

test.each([
  ...[
    'PUT / HTTP/1.1',
    'POST / HTTP/1.1',
    'DELETE / HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'GETX / HTTP/1.1',
  ],
  ...[
    'get / HTTP/1.1',
    'Get / HTTP/1.1',
    'GET / HTTP/1.0',
    'GET / HTTP/2.0',
    'GET / http/1.1',
    'GET /',
  ],
  ...['GET * HTTP/1.1', 'GET http://h/ HTTP/1.1', 'GET h:1 HTTP/1.1', 'GET ?a HTTP/1.1'],
  ...[
    'GET  / HTTP/1.1',
    'GET /  HTTP/1.1',
    'GET / a HTTP/1.1',
    'GET\t/ HTTP/1.1',
    'GET / HTTP/1.1 ',
  ],
  ...[
    ' GET / HTTP/1.1',
    '\r\nGET / HTTP/1.1',
    'GET /é HTTP/1.1',
    'GET /\0 HTTP/1.1',
    'GET /\u007f HTTP/1.1',
  ],
  ...['GET / HTTP/1.1\n', 'GET / HTTP/1.1\r', 'GET /\rHTTP/1.1', 'GET /\n HTTP/1.1', ''],
])('not plain: the request line %j', (line) => {
  const text = usual.replace(/^[^\r]*/, () => line);
  expect(plainHead(Buffer.from(text, 'latin1'))).toBeUndefined();
});

describe('not plain: what is not one whole head', () => {
  test('cut anywhere', () => {
    for (let length = 0; length < usual.length; length += 1) {
      expect(plainHead(Buffer.from(usual.slice(0, length)))).toBeUndefined();
    }
    expect(plainHead(Buffer.from(usual))).toBeDefined();
  });

  test.each([
    ['another head', usual + usual],
    ['a body', `${usual}x`],
    ['a line end', `${usual}\r\n`],
    ['line feeds only', usual.replaceAll('\r\n', '\n')],
    ['a line feed at its end', `${usual.slice(0, -2)}\n`],
    ['65 fields', withField(Array(64).fill('A: b').join('\r\n'))],
    ['more than 8 KiB', withField(`A: ${'b'.repeat(8 * 1024)}`)],
  ])('%s', (_what, text) => {
    expect(plainHead(Buffer.from(text))).toBeUndefined();
  });
});

test('the fields of a connection are read once, as long as they are the same', () => {
  const first = plainHead(Buffer.from(usual));
  const other = usual.replace('GET /', 'GET /other/');
  expect(plainHead(Buffer.from(other), first?.fields)?.fields).toBe(first?.fields);
  const changed = plainHead(Buffer.from(withField('X-Other: 1')), first?.fields);
  expect(changed?.fields).not.toBe(first?.fields);
  expect(changed?.fields.raw).toContain('X-Other');
});
