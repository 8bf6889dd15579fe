// Where the real service is stricter than a server on a laptop needs to be (choices §7): `strict`
// refuses as it does, `friendly` does what was asked and says so in a header.
import { ossError } from '@osskeep/protocol';
import type { Exchange } from '../exchange.ts';
import type { GatewaySettings } from '../settings.ts';
import { isServiceHost } from './identify-resource.ts';

const warningHeader = 'x-osskeep-warning';

/** ASCII, one sentence. */
export function warn(exchange: Exchange, text: string): void {
  exchange.headers.push(warningHeader, text);
}

/** Buckets of the service's own domains are named in the host; `localhost` has no real counterpart. */
export function refusePathStyle(
  { parity, addressing }: GatewaySettings,
  name: string,
  exchange: Exchange,
): void {
  const resource = exchange.resource;
  const isNamed = name !== 'localhost' && isServiceHost(addressing, name);
  if (resource?.style !== 'path' || !isNamed) return;
  if (parity === 'strict') throw ossError('SecondLevelDomainForbidden');
  warn(exchange, 'OSS refuses path style on this host; name the bucket in the host.');
}
