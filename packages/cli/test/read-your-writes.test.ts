// What one worker has acknowledged, another one knows at once: written through one, read through the other,
// by GET, HEAD and listing, again and again, with no time between.
import { expect, test } from 'vitest';
import { nothingMayBeSkipped } from '../../../testing/skips.ts';
import { type BodyPlan, bodyOf } from '../../server/test/support/bodies.ts';
import type { SignedRequests } from '../../server/test/support/signed-requests.ts';
import { temporaryFolder } from './support/command.ts';
import { rootKey } from './support/server.ts';
import { clientOfEach, serveByWorkers } from './support/workers.ts';

const isComplete = nothingMayBeSkipped;
const rounds = isComplete ? 5_000 : 300;
const bucket = 'at-once';
const keys = 7;
/** Beside the row, in a file, and nothing at all. */
const sizes = [100, 8_000, 20_000, 0, 70_000];

interface Seen {
  readonly byGet: Buffer | undefined;
  readonly byHead: string | undefined;
  readonly byList: string | undefined;
}

async function look(reader: SignedRequests, key: string): Promise<Seen> {
  const byGet = await reader.get(bucket, key);
  const head = await reader.send({ method: 'HEAD', bucket, key });
  const query = [['prefix', key]] as const;
  const list = await reader.expect({ method: 'GET', bucket, query }, 200);
  return {
    byGet,
    byHead: head.status === 200 ? head.headers.get('content-length') : undefined,
    byList: /<Size>(\d+)<\/Size>/.exec(list.body.toString())?.[1],
  };
}

function isStale({ byGet, byHead, byList }: Seen, written: BodyPlan | undefined): boolean {
  if (written === undefined) return [byGet, byHead, byList].some((seen) => seen !== undefined);
  const size = String(written.size);
  return byGet?.equals(bodyOf(written)) !== true || byHead !== size || byList !== size;
}

test(`${rounds} writes are read at once through the other worker, none stale`, {
  timeout: 600_000,
}, async () => {
  await using folder = await temporaryFolder();
  await using server = await serveByWorkers(2, ['--data', folder.path], { env: rootKey });
  const [first, second] = await clientOfEach(server);
  await first.createBucket(bucket);
  const stale: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [writer, reader] = round % 2 === 0 ? [first, second] : [second, first];
    const key = `k${round % keys}`;
    const size = sizes[round % sizes.length] ?? 0;
    const written = round % 11 === 10 ? undefined : { seed: round, size };
    if (written === undefined) await writer.delete(bucket, key);
    else await writer.put(bucket, key, bodyOf(written));
    if (isStale(await look(reader, key), written)) stale.push(round);
  }
  expect(stale).toEqual([]);
  first.close();
  second.close();
  expect(await server.stop()).toBe(0);
});
