// The module in the sources is the one its source makes: building again changes nothing.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error: plain JavaScript, as every build script
import { generate } from '../../wasm/build.js';

test('building crc64.as again gives the same file', async () => {
  const committed = new URL('../../src/checksum/crc64-wasm.ts', import.meta.url);
  expect(await generate()).toBe(readFileSync(committed, 'utf8'));
});
