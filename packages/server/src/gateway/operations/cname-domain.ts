// What a domain is to this server, before the store is asked: the service's own names are not to be
// had, and what the operator bound in the configuration stays as it is bound there.
import { invalidArgumentCase, ossError } from '@osskeep/protocol';
import type { Bucket } from '../../core/buckets/bucket.ts';
import { isServiceHost } from '../request/addressing.ts';
import type { GatewaySettings } from '../request/settings.ts';

/** True when the operator bound it to this very bucket. */
export function isBoundByOperator(
  { addressing }: GatewaySettings,
  bucket: Bucket,
  domain: string,
): boolean {
  if (isServiceHost(addressing, domain)) {
    throw invalidArgumentCase('ReservedDomainName', 'Domain', domain);
  }
  const bound = addressing.cnames.get(domain);
  if (bound === undefined) return false;
  if (bound === bucket.name) return true;
  throw ossError('CnameDenied', { Bucket: bucket.name, Cname: domain });
}

/** In the order of the configuration. */
export function domainsOfOperator({ addressing }: GatewaySettings, bucket: Bucket): string[] {
  return [...addressing.cnames].flatMap(([domain, name]) => (name === bucket.name ? [domain] : []));
}
