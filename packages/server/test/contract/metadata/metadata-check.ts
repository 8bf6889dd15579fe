// A check of the metadata contract.
import type { Metadata } from '../../../src/core/ports/metadata.ts';
import type { ContractCheck } from '../contract-check.ts';

export type MetadataCheck = ContractCheck<Metadata>;
