// Certificates from the server's own authority, made when a handshake asks for one of its names, kept in
// memory, and made again well before they end. Other names get nothing.
import type { Certificate, CertificateSource } from '../../gateway/http/tls/certificate-source.ts';
import { RecentValues } from '../../gateway/http/tls/recent-values.ts';
import type { LeafIssuer } from './leaf-issuer.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** Browsers refuse more than 397 days. */
const validMs = 90 * dayMs;
const renewedMs = 30 * dayMs;
/** Clients whose clock is late shall not wait. */
const backdatedMs = hourMs;
const leavesMax = 1_000;

export interface LeafNames {
  /** The names of the certificate that serves a domain; undefined: none of ours. */
  namesFor(domain: string): Promise<readonly string[] | undefined>;
  /** Of the certificate for clients that ask for no name, or for one that is none of ours. */
  readonly defaultNames: readonly string[];
}

interface Leaf {
  readonly made: Promise<Certificate>;
  renewAtMs: number;
}

export class LeafCertificates implements CertificateSource {
  readonly #issuer: LeafIssuer;
  readonly #names: LeafNames;
  readonly #now: () => number;
  readonly #leaves = new RecentValues<Leaf>(leavesMax);

  /** `now` is the time of the world outside: clients check certificates by it. */
  constructor(issuer: LeafIssuer, names: LeafNames, now: () => number = Date.now) {
    this.#issuer = issuer;
    this.#names = names;
    this.#now = now;
  }

  async find(domain: string): Promise<Certificate | undefined> {
    const names = await this.#names.namesFor(domain);
    return names === undefined ? undefined : this.#leaf(names);
  }

  byDefault(): Promise<Certificate> {
    return this.#leaf(this.#names.defaultNames);
  }

  #leaf(names: readonly string[]): Promise<Certificate> {
    const name = names.join(' ');
    const nowMs = this.#now();
    const known = this.#leaves.get(name);
    if (known !== undefined && nowMs < known.renewAtMs) return known.made;
    const leaf = this.#begin(names, nowMs);
    this.#leaves.set(name, leaf);
    return leaf.made;
  }

  #begin(names: readonly string[], nowMs: number): Leaf {
    const made = this.#issuer.issue(
      names,
      new Date(nowMs - backdatedMs),
      new Date(nowMs + validMs),
    );
    const leaf: Leaf = { made, renewAtMs: nowMs + validMs - renewedMs };
    made.catch(() => {
      leaf.renewAtMs = 0;
    });
    return leaf;
  }
}
