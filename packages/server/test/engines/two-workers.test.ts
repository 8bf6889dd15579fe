// The contracts over a writer and two workers in processes of their own, and what only such a server can
// break: each mutant must be caught by the check that is about it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blobContract } from '../contract/blob-contract.ts';
import { describeContract, failingChecks } from '../contract/contract-check.ts';
import { metadataContract } from '../contract/metadata-contract.ts';
import { type EngineMutant, TwoWorkers } from './two-workers.ts';

describe('embedded with a writer and two workers', () => {
  let server: TwoWorkers;

  beforeAll(async () => {
    server = await TwoWorkers.start();
  });

  afterAll(() => server.stop());

  describeContract('metadata', metadataContract, () => server.openMetadata());
  describeContract('blobs', blobContract, () => server.openBlobs());
});

describe('the metadata contract over a writer and two workers catches', () => {
  const mutants: [EngineMutant, string][] = [
    [
      'answered before it is written',
      'a read after an acknowledged commit sees it, also in the same turn as an earlier read',
    ],
    ['answers swapped', 'of many commits at once each gets its own outcome'],
    [
      'a view kept',
      'a read after an acknowledged commit sees it, also in the same turn as an earlier read',
    ],
    [
      'stamps kept',
      'a known row is unchanged until it is set again or deleted, whatever its value',
    ],
  ];

  test.each(mutants)('%s', async (mutant, caughtBy) => {
    const server = await TwoWorkers.start(mutant);
    try {
      const checks = metadataContract.filter(({ name }) => name === caughtBy);
      expect(checks).toHaveLength(1);
      expect(await failingChecks(checks, () => server.openMetadata())).toEqual([caughtBy]);
    } finally {
      await server.stop();
    }
  });
});
