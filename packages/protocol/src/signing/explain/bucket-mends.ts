// A link that reached another bucket than it was made for, where the request itself names that bucket:
// in its path, or at the start of its host. Buckets that only the server knows are not tried: whoever
// holds a link is told nothing about them.
import { isBucketName } from '../../names/bucket-name.ts';
import { isIpAddress, parseHost } from '../../names/host-name.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { Mend, Signed } from './mend.ts';

export function* bucketMends(request: SignableRequest, signed: Signed): Iterable<Mend> {
  const { bucket, key } = request;
  if (bucket === undefined) return;
  if (key !== undefined) {
    const slash = key.indexOf('/');
    const first = slash === -1 ? key : key.slice(0, slash);
    const rest = slash === -1 ? '' : key.slice(slash + 1);
    if (isBucketName(first)) {
      const sentence =
        `The ${signed} was made for the bucket ${first} that the path names; it was read for` +
        ` ${bucket}: send it to the host that it was made for.`;
      yield {
        request: { ...request, bucket: first, key: rest === '' ? undefined : rest },
        sentence,
      };
    }
  }
  const label = hostLabel(request);
  if (label === undefined || label === bucket) return;
  const sentence =
    `The ${signed} was made for the bucket ${label} that the host begins with; it was read for` +
    ` ${bucket}: the server has to know the host's domain.`;
  const whole = key === undefined ? bucket : `${bucket}/${key}`;
  yield { request: { ...request, bucket: label }, sentence };
  yield { request: { ...request, bucket: label, key: whole }, sentence };
}

/** The first label of the host, where it can be a bucket. */
function hostLabel({ headers }: SignableRequest): string | undefined {
  const text = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const host = text === undefined ? undefined : parseHost(text.trim());
  if (host === undefined || isIpAddress(host.name)) return undefined;
  const dot = host.name.indexOf('.');
  const label = dot === -1 ? '' : host.name.slice(0, dot);
  return isBucketName(label) ? label : undefined;
}
