// What we sign we accept, whatever stands in key, query and headers; and no single character of it
// can change.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nobleHashes } from '../../src/checksum/index.ts';
import type { QueryPairs } from '../../src/http/pairs.ts';
import type { SignableRequest } from '../../src/signing/index.ts';
import { isAmbiguousQueryV1 } from '../../src/signing/index.ts';
import { isSignedParameterV1 } from '../../src/signing/v1/signed-parameters.ts';
import { outcome } from './outcome.ts';
import { credential, modes, signed, verifier, versions } from './signed.ts';

const awkward = fc.constantFrom(
  ...[
    ' ',
    '+',
    '%',
    '%20',
    '%2F',
    '/',
    '//',
    '&',
    '=',
    '?',
    '#',
    ';',
    ':',
    '~',
    '*',
    "'",
    '(',
    '!',
  ],
  ...[
    '"',
    '<',
    '\\',
    '文',
    'é',
    'e\u0301',
    '😀',
    '\u0001',
    '\u007f',
    '\t',
    '\n',
    '..',
    '\u2028',
    '\ufeff',
  ],
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ minLength: 1, maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join(''))
  .filter((joined) => joined.isWellFormed());
/** Header values hold no line ends and come trimmed from the wire. */
const headerValue = text.map((value) =>
  value.replace(/[\n\r]/g, '').replace(/^[ \t]+|[ \t]+$/g, ''),
);

const own = new RegExp(
  '^(x-oss-(signature.*|credential|date|expires|access-key-id|additional-headers|security-token|' +
    'content-sha256)|Signature|Expires|OSSAccessKeyId|security-token)$',
  'i',
);
const queryName = fc
  .oneof(fc.constantFrom('acl', 'uploadId', 'versionId', 'x-oss-process', 'prefix', 'zz'), text)
  .filter((name) => name !== '' && !own.test(name));

const request: fc.Arbitrary<SignableRequest> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'HEAD', 'DELETE'),
  bucket: fc.constantFrom('bucket', 'b-2'),
  key: fc.option(
    text.filter((key) => key !== ''),
    { nil: undefined },
  ),
  query: fc.uniqueArray(fc.tuple(queryName, fc.option(text, { nil: undefined })), {
    maxLength: 5,
    selector: ([name]) => name,
  }),
  headers: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom(
        'Content-Type',
        'Content-MD5',
        'x-oss-meta-a',
        'X-Oss-Meta-B',
        'Range',
        'abc',
      ),
      headerValue,
    ),
    { maxLength: 5, selector: ([name]) => name.toLowerCase() },
  ),
});

const additionalHeaders = ['Range', 'abc'];
const each = versions.flatMap((version) => modes.map((mode) => [version, mode] as const));

/** A change of one character, somewhere that the version signs. */
function changes(version: string, original: SignableRequest, at: number): SignableRequest[] {
  const alter = (value: string): string => {
    const characters = [...value];
    const index = characters.length === 0 ? 0 : at % characters.length;
    characters[index] = characters[index] === 'x' ? 'y' : 'x';
    return characters.join('');
  };
  const all: SignableRequest[] = [
    { ...original, method: alter(original.method) },
    { ...original, bucket: alter(original.bucket ?? '') },
    { ...original, key: alter(original.key ?? '') },
  ];
  for (const [index, [name, value]] of original.query.entries()) {
    if (own.test(name)) continue;
    if (version === 'v1' && !isSignedParameterV1(name)) continue;
    const query: QueryPairs = original.query.with(index, [name, alter(value ?? '')]);
    all.push({ ...original, query });
  }
  for (const [index, [name, value]] of original.headers.entries()) {
    const isSigned =
      /^(content-type|content-md5|x-oss-meta-.)$/i.test(name) ||
      (version !== 'v1' && /^(range|abc)$/i.test(name));
    if (!isSigned) continue;
    all.push({ ...original, headers: original.headers.with(index, [name, alter(value)]) });
  }
  return all;
}

describe.each(each)('%s %s', (version, mode) => {
  const signable =
    version === 'v1' ? request.filter((given) => !isAmbiguousQueryV1(given)) : request;

  test('signed by us, verified by us, with either hashes', async () => {
    await fc.assert(
      fc.asyncProperty(signable, async (given) => {
        const sent = signed(version, mode, given, { additionalHeaders });
        expect(await outcome(sent, verifier())).toBe('accepted');
        expect(await outcome(sent, verifier({ hashes: nobleHashes }))).toBe('accepted');
      }),
      { numRuns: 150 },
    );
  });

  test('one character changed is refused', async () => {
    await fc.assert(
      fc.asyncProperty(signable, fc.nat(), async (given, at) => {
        const sent = signed(version, mode, given, { additionalHeaders });
        for (const changed of changes(version, sent, at)) {
          expect(await outcome(changed, verifier())).toMatch(/^403 SignatureDoesNotMatch /);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('order of query and headers, and the case of header names, do not matter', async () => {
    await fc.assert(
      fc.asyncProperty(signable, async (given) => {
        const sent = signed(version, mode, given, { additionalHeaders });
        const turned: SignableRequest = {
          ...sent,
          query: sent.query.toReversed(),
          headers: sent.headers
            .toReversed()
            .map(([name, value]) => [name.toUpperCase(), ` ${value} `]),
        };
        expect(await outcome(turned, verifier())).toBe('accepted');
      }),
      { numRuns: 50 },
    );
  });

  test('another secret never does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (secret) => {
        const other = { ...credential, secret: `${secret}x` };
        const sent = signed(version, mode);
        expect(await outcome(sent, verifier({ credential: other }))).toContain('SignatureDoesNot');
      }),
      { numRuns: 30 },
    );
  });
});
