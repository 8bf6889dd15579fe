// What the bucket's name leads to; or, where the host only seems to name a bucket, the service. From here on
// any answer, refusals too, says to browsers what the bucket's rules allow.
import type { Bucket } from '../../core/buckets/bucket.ts';
import { corsHeaders } from '../answers/cors-headers.ts';
import type { Step, Work } from './step.ts';

export const findBucket: Step<Bucket | undefined> = {
  ask: ({ at, parts, resource: { bucket } }) =>
    bucket === undefined ? undefined : parts.store.buckets.find(at, bucket),
  run: (work, found) => {
    const { exchange, head } = work;
    const bucket = theBucket(work, found);
    work.bucket = bucket;
    const cors = bucket?.documents.cors;
    if (cors !== undefined) exchange.headers.push(...corsHeaders(head, cors));
  },
};

function theBucket(work: Work, bucket: Bucket | undefined): Bucket | undefined {
  const { binding, resource } = work;
  // A domain is bound to a bucket, not to whatever has its name later.
  if (binding !== undefined && bucket?.id.equals(binding.bucketId) === false) return undefined;
  // ali-oss with an IP endpoint sends service-level calls to the bucket host of `undefined`.
  const meansService = resource.bucket === 'undefined' && resource.style === 'virtual';
  if (bucket === undefined && meansService && resource.level === 'bucket') {
    work.addresses({ level: 'service', style: 'service', host: resource.host });
  }
  return bucket;
}
