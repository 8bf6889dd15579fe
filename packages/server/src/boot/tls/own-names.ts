// Which names the server's own authority vouches for: base domains, buckets one label below them, and
// the addresses it listens on. A name that is none of ours gets no certificate.
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The names of the certificate for a base domain or a bucket below it; undefined: not ours. */
export function namesUnder(
  baseDomains: readonly string[],
  domain: string,
): readonly string[] | undefined {
  for (const base of baseDomains) {
    const isBelow = domain.endsWith(`.${base}`);
    if (domain !== base && !isBelow) continue;
    const label = isBelow ? domain.slice(0, -base.length - 1) : '';
    if (!/^[a-z0-9-]{0,63}$/.test(label)) continue;
    // Clients take no wildcard right below a top-level domain, `*.localhost` included.
    return base.includes('.') ? [base, `*.${base}`] : [domain];
  }
  return undefined;
}

/** `localhost`, the loopback addresses, and where the server can be reached besides. */
export function defaultNames(listenHosts: readonly string[]): readonly string[] {
  const names = new Set(['localhost', '127.0.0.1', '::1']);
  for (const host of listenHosts) {
    if (host === '0.0.0.0' || host === '::') {
      for (const address of ownAddresses()) names.add(address);
    } else {
      names.add(host.toLowerCase());
    }
  }
  return [...names];
}

/** Without link-local ones: they mean nothing without an interface. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => isIP(address) !== 0 && !/^fe80:/i.test(address));
}
