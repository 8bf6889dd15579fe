// Finds bucket and key from the host and the raw path. One parse for signature, routing and storage: nothing
// later looks at the path again. Rules: operations reference §1.1, choices §7.
import { checkBucketName, decodePath } from '@osskeep/protocol';
import {
  type Addressing,
  bucketLabel,
  mayBeBound,
  type RequestHost,
} from '../request/addressing.ts';
import type { HostStyle, Resource } from '../request/resource.ts';
import type { Step } from './step.ts';

/**
 * As far as it goes without the store, so that the store can be asked for everything at once: where the host may
 * be a domain that was bound through the API, the next step tells what it names.
 */
export const identifyResource: Step = {
  run: (work) => {
    const { head, parts, settings } = work;
    const { addressing } = settings;
    const host = parts.hosts.read(head.headers.get('host'), head.reading.target.host);
    work.host = host;
    work.mayBeBound = mayBeBound(addressing, host);
    if (!work.mayBeBound) work.addresses(resourceOf(addressing, host, head.path));
  },
};

/** `bound` is the bucket that a binding through the API leads to. */
export function resourceOf(
  addressing: Addressing,
  named: RequestHost,
  path: string,
  bound?: string,
): Resource {
  const { host, name } = named;
  const cname = addressing.cnames.get(name) ?? bound;
  if (cname !== undefined) return inBucket(cname, 'cname', path, host);

  const label = bucketLabel(addressing, named);
  // ali-oss names no bucket before the dot when it lists buckets of an IP endpoint.
  if (label === '') return fromPath(path, host);
  if (label !== undefined) return inBucket(label, 'virtual', path, host);
  if (addressing.defaultBucket !== undefined) {
    return inBucket(addressing.defaultBucket, 'default', path, host);
  }
  return fromPath(path, host);
}

function inBucket(bucket: string, style: HostStyle, path: string, host: string): Resource {
  checkBucketName(bucket);
  if (path === '/' || path === '*') return { level: 'bucket', style, bucket, host };
  return { level: 'object', style, bucket, key: decodePath(path.slice(1)), host };
}

function fromPath(path: string, host: string): Resource {
  if (path === '/' || path === '*') return { level: 'service', style: 'service', host };
  const slash = path.indexOf('/', 1);
  const bucket = decodePath(slash === -1 ? path.slice(1) : path.slice(1, slash));
  return inBucket(bucket, 'path', slash === -1 ? '/' : path.slice(slash), host);
}
