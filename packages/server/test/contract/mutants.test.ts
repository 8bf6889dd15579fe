// The contract's own test: it goes red over every broken engine, by the check that is about it.
import { describe, expect, test } from 'vitest';
import { failingChecks } from './contract-check.ts';
import { metadataContract } from './metadata-contract.ts';
import { metadataMutants } from './mutants.ts';

describe('the metadata contract catches', () => {
  test.each(metadataMutants)('$name', async ({ open, caughtBy }) => {
    expect(metadataContract.map((check) => check.name)).toContain(caughtBy);
    expect(await failingChecks(metadataContract, async () => open())).toContain(caughtBy);
  });

  test('no two checks have one name', () => {
    const names = metadataContract.map((check) => check.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
