// Who uses one operation carries one: the type of all names and the lists of the levels leave nothing
// in a bundle, and neither does what the server alone reads off them.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';

const entry = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

async function bundleOf(code: string): Promise<string> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'virtual:entry' ? '\0entry' : undefined),
        load: (id) => (id === '\0entry' ? code : undefined),
      },
    ],
    build: { write: false, minify: false, rollupOptions: { input: 'virtual:entry' } },
  })) as unknown as { output: readonly [{ readonly code: string }] };
  return output[0].code;
}

test('a bundle with one operation', async () => {
  const code = await bundleOf(
    `import { encodeRequest, putBucketCors } from ${JSON.stringify(entry)};
    console.log(encodeRequest(putBucketCors, { rules: [] }));`,
  );
  expect(code).toContain('CORSConfiguration');
  const others = ['ListAllMyBucketsResult', 'GetObject', 'BucketCnameConfiguration', 'udfImage'];
  for (const other of others) expect(code).not.toContain(other);
});
