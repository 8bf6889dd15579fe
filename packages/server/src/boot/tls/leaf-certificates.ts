// Certificates for single names from the server's own authority, made when a handshake asks for one,
// kept in memory, and made again well before they end. Other names get nothing.

import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Certificate, CertificateSource } from '../../gateway/http/certificate-source.ts';
import { certificateId } from './key-pair.ts';
import type { LocalAuthority } from './local-authority.ts';
import {
  keyAlgorithm,
  loadX509,
  makeKeys,
  privateKeyPem,
  type SigningKeys,
  serialNumber,
  wholeSecond,
  type X509Library,
} from './x509.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Browsers refuse more than 397 days. */
const validMs = 90 * dayMs;
const renewedMs = 30 * dayMs;
const backdatedMs = 60 * 60 * 1000;
const leavesMax = 1_000;

export interface LeafNames {
  /** The names of the certificate that serves a domain; undefined: none of ours. */
  namesFor(domain: string): Promise<readonly string[] | undefined>;
  /** Of the certificate for clients that ask for no name, or for one that is none of ours. */
  readonly defaultNames: readonly string[];
}

interface Leaf {
  readonly made: Promise<Certificate>;
  readonly renewAtMs: number;
}

export class LeafCertificates implements CertificateSource {
  readonly #x509: X509Library;
  readonly #authority: LocalAuthority;
  readonly #authorityEndsMs: number;
  /** All leaves share it: making one takes longer than signing. */
  readonly #keys: SigningKeys;
  readonly #names: LeafNames;
  readonly #now: () => number;
  /** By their names, in the order of their last use. */
  readonly #leaves = new Map<string, Leaf>();

  private constructor(
    x509: X509Library,
    keys: SigningKeys,
    authority: LocalAuthority,
    names: LeafNames,
    now: () => number,
  ) {
    this.#x509 = x509;
    this.#keys = keys;
    this.#authority = authority;
    this.#authorityEndsMs = new X509Certificate(authority.certificate).validToDate.getTime();
    this.#names = names;
    this.#now = now;
  }

  /** `now` is the time of the world outside: clients check certificates by it. */
  static async open(
    authority: LocalAuthority,
    names: LeafNames,
    now: () => number = Date.now,
  ): Promise<LeafCertificates> {
    return new LeafCertificates(await loadX509(), await makeKeys(), authority, names, now);
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
    this.#leaves.delete(name);
    const leaf = known !== undefined && nowMs < known.renewAtMs ? known : this.#begin(names, nowMs);
    this.#leaves.set(name, leaf);
    if (this.#leaves.size > leavesMax) {
      const [oldest] = this.#leaves.keys();
      if (oldest !== undefined) this.#leaves.delete(oldest);
    }
    return leaf.made;
  }

  #begin(names: readonly string[], nowMs: number): Leaf {
    const made = this.#make(names, nowMs);
    return { made, renewAtMs: nowMs + validMs - renewedMs };
  }

  async #make(names: readonly string[], nowMs: number): Promise<Certificate> {
    const x509 = this.#x509;
    const issuer = new x509.X509Certificate(this.#authority.certificate);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [{ O: ['osskeep'] }, { CN: ['osskeep'] }],
      issuer: issuer.subject,
      notBefore: wholeSecond(nowMs - backdatedMs),
      notAfter: wholeSecond(Math.min(nowMs + validMs, this.#authorityEndsMs)),
      publicKey: this.#keys.publicKey,
      signingKey: this.#authority.key,
      signingAlgorithm: keyAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
        ),
        await x509.AuthorityKeyIdentifierExtension.create(issuer),
        await x509.SubjectKeyIdentifierExtension.create(this.#keys.publicKey),
      ],
    });
    // The authority goes along: programs that look into the chain then see where it ends.
    const cert = `${certificate.toString('pem')}\n${this.#authority.certificate}`;
    return { id: certificateId(cert), cert, key: privateKeyPem(this.#keys.privateKey) };
  }
}
