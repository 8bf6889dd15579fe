// How hosts name buckets: the service's own domains, custom domains, addresses. Rules: operations reference
// §1.1, choices §7.
import { extranetHost, intranetHost, isIpAddress, ossError, rememberLast } from '@osskeep/protocol';

export interface Addressing {
  readonly region: string;
  /** Base domains, lower case: a label before one of them is a bucket. */
  readonly domains: readonly string[];
  /** Custom domains bound by configuration, lower case, to bucket names. */
  readonly cnames: ReadonlyMap<string, string>;
  /** The bucket of requests that name none, for clients that leave it out. */
  readonly defaultBucket: string | undefined;
}

/** The official host names of a region, and the form `ali-oss` builds from a plain region id. */
export function officialDomains(region: string): string[] {
  return [extranetHost(region), intranetHost(region), `${region}.aliyuncs.com`];
}

/** Who is asked for by name. */
export interface RequestHost {
  /** The Host header as sent. */
  readonly host: string;
  /** Without port and trailing dot, lower case; IPv6 without brackets. */
  readonly name: string;
  /** An IP address names no bucket. */
  readonly isAddress: boolean;
}

/** Reads Host headers. */
export class HostReader {
  // Most requests come to one host.
  readonly #last = rememberLast((host: string): RequestHost => {
    const name = hostName(host);
    return { host, name, isAddress: isIpAddress(name) };
  });

  /** Throws where there is none, or where the request names two: `targetHost` is the one in its target. */
  read(hostHeader: string | undefined, targetHost: string | undefined): RequestHost {
    return this.#last(requireHost(hostHeader, targetHost));
  }
}

/** A name that may be bound to a bucket: neither ours, nor an address, nor bound by configuration. */
export function mayBeBound(addressing: Addressing, { name, isAddress }: RequestHost): boolean {
  return !isAddress && !addressing.cnames.has(name) && !isServiceHost(addressing, name);
}

/** A base domain, or a name under one. */
export function isServiceHost({ domains }: Pick<Addressing, 'domains'>, name: string): boolean {
  for (const domain of domains) if (name === domain || isUnder(domain, name)) return true;
  return false;
}

/** What stands before a base domain; empty where nothing does; undefined where the host names no bucket. */
export function bucketLabel(
  { domains }: Addressing,
  { name, isAddress }: RequestHost,
): string | undefined {
  if (isAddress) return undefined;
  let label: string | undefined;
  for (const domain of domains) {
    if (name === domain) return undefined;
    // Of nested base domains the longest wins: it leaves the shortest label.
    if (isUnder(domain, name)) {
      const found = name.slice(0, name.length - domain.length - 1);
      if (label === undefined || found.length < label.length) label = found;
    }
  }
  return label;
}

function isUnder(domain: string, name: string): boolean {
  return name.endsWith(domain) && name[name.length - domain.length - 1] === '.';
}

function requireHost(hostHeader: string | undefined, targetHost: string | undefined): string {
  const host = hostHeader?.trim() ?? '';
  if (host === '') {
    throw ossError(
      'InvalidRequest',
      {},
      { message: 'A request needs a Host header.', closeConnection: true },
    );
  }
  // Two hosts in one request are two readings of it; a proxy in front may have taken the other.
  if (targetHost !== undefined && targetHost.toLowerCase() !== host.toLowerCase()) {
    throw ossError(
      'InvalidArgument',
      { ArgumentName: 'Host', ArgumentValue: host },
      {
        message: 'The Host header and the host of the request target differ.',
        closeConnection: true,
      },
    );
  }
  return host;
}

function hostName(host: string): string {
  const bracket = host.startsWith('[') ? host.indexOf(']') : -1;
  if (bracket > 0) return host.slice(1, bracket).toLowerCase();
  const colon = host.lastIndexOf(':');
  const name = (colon === -1 ? host : host.slice(0, colon)).toLowerCase();
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
