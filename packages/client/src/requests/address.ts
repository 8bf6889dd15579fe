// Where a request goes: scheme, host and path of a bucket and key (choices §7).
import {
  checkBucketName,
  checkObjectKey,
  encodePath,
  type HostName,
  isIpAddress,
  parseHost,
} from '@osskeep/protocol';
import { ClientError } from '../errors/errors.ts';

export type Addressing = 'auto' | 'virtual' | 'path';

interface AddressOptions {
  /** With or without scheme; https when it has none (http on this machine itself). */
  readonly endpoint: string;
  readonly addressing?: Addressing | undefined;
  /** The endpoint is a domain bound to the bucket: no bucket in host or path. */
  readonly cname?: boolean | undefined;
}

export interface Target {
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
}

/** Scheme, host with port, and how the bucket is named. */
export class Addresses {
  readonly #scheme: string;
  readonly #style: 'virtual' | 'path' | 'cname';
  #lastBucket: string | undefined;
  #lastHead = '';
  /** `host[:port]`, as the Host header will have it. */
  readonly host: string;

  constructor({ endpoint, addressing = 'auto', cname = false }: AddressOptions) {
    const [, scheme, authority] = /^(?:(https?):\/\/)?([^/?#@\\\s]+)\/?$/i.exec(endpoint) ?? [];
    const host = authority === undefined ? undefined : parseHost(authority);
    if (host === undefined) {
      throw new ClientError(
        'endpoint',
        `"${withoutUser(endpoint)}" is no endpoint. Write https://HOST or HOST, with a port if ` +
          'need be, without path or user.',
      );
    }
    this.#scheme = scheme?.toLowerCase() ?? (isThisMachine(host.name) ? 'http' : 'https');
    this.host = formatHost(host, this.#scheme);
    const hasNoSubdomains = isIpAddress(host.name) || host.name === 'localhost';
    if (cname) this.#style = 'cname';
    else if (addressing === 'auto') this.#style = hasNoSubdomains ? 'path' : 'virtual';
    else this.#style = addressing;
    if (this.#style === 'virtual' && isIpAddress(host.name)) {
      throw new ClientError(
        'endpoint',
        `A bucket cannot stand before the IP address ${host.name}: use addressing "path".`,
      );
    }
  }

  /** Host of the URLs of this target. */
  hostOf({ bucket }: Target): string {
    return this.#style === 'virtual' && bucket !== undefined ? `${bucket}.${this.host}` : this.host;
  }

  /** Scheme, host and encoded path; the query is appended by the caller. */
  url(target: Target): string {
    const { bucket, key } = target;
    if (bucket === undefined) return `${this.#scheme}://${this.host}/`;
    if (key !== undefined) checkObjectKey(key);
    return key === undefined ? this.#inBucket(bucket) : this.#inBucket(bucket) + encodeKey(key);
  }

  /** Most clients stay in one bucket: what stands before its keys is made once. */
  #inBucket(bucket: string): string {
    if (bucket !== this.#lastBucket) {
      checkBucketName(bucket);
      const head = `${this.#scheme}://${this.hostOf({ bucket })}/`;
      this.#lastHead = this.#style === 'path' ? `${head}${bucket}/` : head;
      this.#lastBucket = bucket;
    }
    return this.#lastHead;
  }
}

const dotSegment = /(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * The key in a path. `/` stays, except in keys with a segment `.` or `..`: every URL parser resolves
 * those, also as `%2e`, and the request would reach another object. With the slashes escaped such a
 * key is one segment, which parsers keep, and signatures are the same: they cover the decoded path
 * (signing reference §1.3, §1.9: two official SDKs always send `/` so).
 */
function encodeKey(key: string): string {
  const path = encodePath(key);
  // Such a segment begins with a dot: looking for one is cheaper than the pattern.
  const mayHaveOne = key.startsWith('.') || key.includes('/.');
  return mayHaveOne && dotSegment.test(key) ? path.replaceAll('/', '%2F') : path;
}

/** These two keys have no slash to escape: only transports that send paths as they are reach them. */
export function isLostInUrls(key: string): boolean {
  return key === '.' || key === '..';
}

function isThisMachine(name: string): boolean {
  return name === 'localhost' || name === '::1' || (isIpAddress(name) && name.startsWith('127.'));
}

function formatHost({ name, port }: HostName, scheme: string): string {
  const host = name.includes(':') ? `[${name}]` : name;
  // The default port is not sent in Host, so that signatures over it agree (signing reference §1.6).
  const isDefault = port === undefined || port === (scheme === 'https' ? 443 : 80);
  return isDefault ? host : `${host}:${port}`;
}

/** An endpoint that was refused may hold a password: it is not repeated. */
function withoutUser(endpoint: string): string {
  return endpoint.slice(endpoint.lastIndexOf('@') + 1).slice(0, 128);
}
