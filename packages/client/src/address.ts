// Where a request goes: scheme, host and path of a bucket and key (design §7).
import { checkBucketName, checkObjectKey, encodePath } from '@osskeep/protocol';
import { ClientError } from './errors.ts';

export type Addressing = 'auto' | 'virtual' | 'path';

export interface AddressOptions {
  /** With or without scheme; https when it has none. */
  readonly endpoint: string;
  readonly addressing?: Addressing | undefined;
  /** The endpoint is a domain bound to the bucket: no bucket in host or path. */
  readonly cname?: boolean | undefined;
}

export interface Target {
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
}

export class Addresses {
  readonly #scheme: string;
  readonly #host: string;
  readonly #style: 'virtual' | 'path' | 'cname';

  constructor({ endpoint, addressing = 'auto', cname = false }: AddressOptions) {
    const match = /^(?:(https?):\/\/)?([^/?#@]+)\/?$/i.exec(endpoint.trim());
    if (match === null) {
      throw new ClientError(
        `"${endpoint}" is no endpoint. Write https://HOST or HOST, without path or user.`,
      );
    }
    this.#scheme = (match[1] ?? 'https').toLowerCase();
    this.#host = match[2] as string;
    if (cname) this.#style = 'cname';
    else if (addressing === 'auto') this.#style = isPlainHost(this.#host) ? 'path' : 'virtual';
    else this.#style = addressing;
  }

  /** Scheme, host and encoded path; the query is appended by the caller. */
  url(target: Target): string {
    const { bucket, key } = target;
    if (bucket === undefined) return `${this.#scheme}://${this.#host}/`;
    checkBucketName(bucket);
    if (key !== undefined) checkObjectKey(key);
    const path = key === undefined ? '' : encodePath(key);
    if (this.#style === 'virtual') return `${this.#scheme}://${bucket}.${this.#host}/${path}`;
    if (this.#style === 'cname') return `${this.#scheme}://${this.#host}/${path}`;
    return `${this.#scheme}://${this.#host}/${bucket}/${path}`;
  }
}

/** IP addresses and bare localhost have no subdomains. */
function isPlainHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name);
}
