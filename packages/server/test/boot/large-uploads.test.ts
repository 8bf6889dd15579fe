// Large bodies over the wire, more at once than there is memory to lend, or with none: each comes back as it went,
// whether the disk is written past the kernel's cache or through it.
import { availableParallelism } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { nodeFileSystem } from '../../src/engines/embedded/index.ts';
import { startOsskeep } from '../../src/index.ts';
import { temporaryDirectory } from '../engines/temporary-directory.ts';
import { type Operation, wrapFileSystem } from '../engines/wrapped-file-system.ts';
import { bodyOf } from '../support/bodies.ts';
import { SignedRequests } from '../support/signed-requests.ts';

const rootKey = { accessKeyId: 'LTAI5tTestKey0001', accessKeySecret: 'TestSecret0001' };
const uploads = 12;
const mebibyte = 1024 * 1024;

test.each([
  { how: 'past the cache where that can be', directWrites: undefined, lent: 16 * mebibyte },
  { how: 'through the cache', directWrites: false, lent: 16 * mebibyte },
  { how: 'from memory that nobody lent', directWrites: undefined, lent: 0 },
])('written $how', async ({ directWrites, lent }) => {
  const ways = new Set<Operation>();
  const fileSystem = wrapFileSystem(nodeFileSystem, (operation, run) => {
    ways.add(operation);
    return run();
  });
  const server = await startOsskeep(
    { data: await temporaryDirectory(), rootKey, limits: { uploadBufferBytes: lent } },
    { fileSystem, directWrites, drain: { acceptMs: 0, idleMs: 0 } },
  );
  onTestFinished(() => server.stop());
  const { port, region } = server;
  const client = new SignedRequests({ port, region, ...rootKey });
  await client.createBucket('bucket');
  const bodies = Array.from({ length: uploads }, (_, seed) =>
    bodyOf({ seed, size: 2_000_000 + 4_321 * seed }),
  );
  await Promise.all(bodies.map((body, number) => client.put('bucket', `key-${number}`, body)));
  for (const [number, body] of bodies.entries()) {
    expect((await client.get('bucket', `key-${number}`))?.equals(body)).toBe(true);
  }
  const isDirect = directWrites !== false && lent > 0 && availableParallelism() > 1;
  expect(ways.has('writePages')).toBe(isDirect);
  expect(ways.has('write')).toBe(true);
});
