// The model test over the wire: signed requests to a server, in memory or on a disk; there every row
// and every file is checked after each history.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { nothingMayBeSkipped } from '../../../../testing/skips.ts';
import type { Metadata } from '../../src/core/ports/metadata.ts';
import { inlineBodyOverhead } from '../../src/core/records/inline-body.ts';
import type { FileBlobs } from '../../src/engines/embedded/index.ts';
import { openBlobs } from '../engines/open-blobs.ts';
import { rootKey, startGateway } from '../support/gateway-under-test.ts';
import { seedOfRun } from '../support/seeded-random.ts';
import { SignedRequests } from '../support/signed-requests.ts';
import { checkInvariants } from './invariants.ts';
import { describeHistories } from './model/histories.ts';
import { type WireServer, WireSubject } from './model/wire-subject.ts';

const isComplete = nothingMayBeSkipped;
let server: WireServer;
let stop: () => Promise<void>;

/** Without a folder it lives in memory, where its bodies cannot be looked at from outside. */
async function start(data: string | undefined): Promise<WireServer> {
  let metadata: Metadata | undefined;
  const wrapMetadata = (opened: Metadata): Metadata => {
    metadata = opened;
    return opened;
  };
  const gateway = await startGateway({ data }, { wrapMetadata });
  const { port, region } = gateway.server;
  const requests = new SignedRequests({ port, region, ...rootKey }, () => gateway.clock.now());
  const blobs = data === undefined ? undefined : await blobsIn(data);
  stop = async () => {
    requests.close();
    await gateway.server.stop();
    await blobs?.close();
  };
  if (metadata === undefined) throw new Error('the server opened no metadata');
  const opened = metadata;
  return {
    gateway,
    requests,
    inlineBytesMax: opened.inlineBytesMax - inlineBodyOverhead,
    checkRows: async () => {
      if (blobs !== undefined) await checkInvariants(opened, blobs, await blobs.epochs());
    },
  };
}

/** The server's files, through eyes of our own. */
function blobsIn(data: string): Promise<FileBlobs> {
  return openBlobs(join(data, 'blobs'));
}

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'osskeep-model-'));
  server = await start(isComplete ? directory : undefined);
});

afterAll(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

describeHistories({
  name: isComplete ? 'over the wire, embedded' : 'over the wire, memory',
  seed: seedOfRun(),
  ...(isComplete ? { runs: 75, timesMin: 200 } : { runs: 10, timesMin: 1 }),
  open: () => WireSubject.open(server),
});
