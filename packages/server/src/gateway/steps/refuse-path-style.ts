// Buckets of the service's own domains are named in the host. The real service is stricter here than a server
// on a laptop needs to be (choices §7): `strict` refuses as it does, `friendly` does what was asked and says so
// in a header. `localhost` has no real counterpart.
import { ossError } from '@osskeep/protocol';
import { isServiceHost } from '../request/addressing.ts';
import type { Step } from './step.ts';

export const refusePathStyle: Step = {
  run: ({ exchange, host: { name }, resource, settings: { parity, addressing } }) => {
    if (resource.style !== 'path' || name === 'localhost') return;
    if (!isServiceHost(addressing, name)) return;
    if (parity === 'strict') throw ossError('SecondLevelDomainForbidden');
    exchange.warn('OSS refuses path style on this host; name the bucket in the host.');
  },
};
