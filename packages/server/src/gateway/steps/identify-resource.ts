// Finds bucket and key from the Host header and the raw path. One parse for signature, routing and
// storage: nothing later looks at the path again. Rules: operations reference §1.1, choices §7.
import {
  checkBucketName,
  decodePath,
  extranetHost,
  intranetHost,
  isIpAddress,
  ossError,
  rememberLast,
} from '@osskeep/protocol';
import type { HostStyle, Resource } from '../resource.ts';

export interface Addressing {
  readonly region: string;
  /** Base domains, lower case: a label before one of them is a bucket. */
  readonly domains: readonly string[];
  /** Custom domains bound by configuration, lower case, to bucket names. */
  readonly cnames: ReadonlyMap<string, string>;
  /** The bucket of requests that name none, for clients that leave it out. */
  readonly defaultBucket: string | undefined;
}

// Most requests come to one host.
const lastName = rememberLast(hostName);
const isAddress = rememberLast(isIpAddress);

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
}

/** Throws where there is none, or where the request names two. */
export function requestHost(
  hostHeader: string | undefined,
  targetHost: string | undefined,
): RequestHost {
  const host = requireHost(hostHeader, targetHost);
  return { host, name: lastName(host) };
}

/** A name that may be bound to a bucket: neither ours, nor an address, nor bound by configuration. */
export function mayBeBound(addressing: Addressing, name: string): boolean {
  if (addressing.cnames.has(name) || isAddress(name)) return false;
  return !isServiceHost(addressing, name);
}

/** A base domain, or a name under one. */
export function isServiceHost({ domains }: Addressing, name: string): boolean {
  for (const domain of domains) if (name === domain || isUnder(domain, name)) return true;
  return false;
}

function isUnder(domain: string, name: string): boolean {
  return name.endsWith(domain) && name[name.length - domain.length - 1] === '.';
}

/** `bound` is the bucket that a binding through the API leads to. */
export function identifyResource(
  addressing: Addressing,
  { host, name }: RequestHost,
  path: string,
  bound?: string,
): Resource {
  const cname = addressing.cnames.get(name) ?? bound;
  if (cname !== undefined) return inBucket(cname, 'cname', path, host);

  const label = bucketLabel(addressing.domains, name);
  // ali-oss names no bucket before the dot when it lists buckets of an IP endpoint.
  if (label === '') return fromPath(path, host);
  if (label !== undefined) return inBucket(label, 'virtual', path, host);
  if (addressing.defaultBucket !== undefined) {
    return inBucket(addressing.defaultBucket, 'default', path, host);
  }
  return fromPath(path, host);
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

/** Host header without port and trailing dot, lower case; IPv6 without brackets. */
export function hostName(host: string): string {
  const bracket = host.startsWith('[') ? host.indexOf(']') : -1;
  if (bracket > 0) return host.slice(1, bracket).toLowerCase();
  const colon = host.lastIndexOf(':');
  const name = (colon === -1 ? host : host.slice(0, colon)).toLowerCase();
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

function bucketLabel(domains: readonly string[], name: string): string | undefined {
  if (isAddress(name)) return undefined;
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
