// Content-MD5: 16 bytes in canonical base64, anything else is EC 0017-00000502
// (operations reference §3.2).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64 } from '../../src/checksum/bytes-text.ts';
import { decodeContentMd5 } from '../../src/checksum/content-md5.ts';

test('what Go sends with an empty body', () => {
  // Operations reference §2.2.
  const bytes = decodeContentMd5('1B2M2Y8AsgTpgAmY7PhCfg==');
  expect(Buffer.from(bytes).toString('hex')).toBe('d41d8cd98f00b204e9800998ecf8427e');
});

test('every digest survives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (digest) => {
      expect(decodeContentMd5(toBase64(digest))).toEqual(digest);
    }),
  );
});

test.each([
  '',
  'x',
  '1B2M2Y8AsgTpgAmY7PhCfg',
  '1B2M2Y8AsgTpgAmY7PhCfh==',
  '1B2M2Y8AsgTpgAmY7PhC',
  'd41d8cd98f00b204e9800998ecf8427e',
  '1B2M2Y8AsgTpgAmY7PhCf\u0000==',
  `${'A'.repeat(10_000)}==`,
])('%j is malformed', (text) => {
  expect(() => decodeContentMd5(text)).toThrow(
    expect.objectContaining({ code: 'InvalidDigest', status: 400, ec: '0017-00000502' }),
  );
});
