// The bucket exists, or 404: before any credential is looked at, as the cloud does (choices row 1).
import { noSuchBucket } from '@osskeep/protocol';
import type { Step } from './step.ts';

export const requireBucket: Step = {
  run: ({ bucket, resource, selected }) => {
    if (resource.bucket === undefined || bucket !== undefined || selected.withoutBucket) return;
    throw noSuchBucket(resource.bucket);
  },
};
