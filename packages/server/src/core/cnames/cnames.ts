// The custom domains of a store: which bucket each leads to, and its certificate.
import type { Bucket } from '../buckets/bucket.ts';
import type { BucketDocuments } from '../buckets/bucket-documents.ts';
import type { CoreContext } from '../context/context.ts';
import { KnownRecords } from '../context/known-records.ts';
import { type KnownRow, type RequestView, readView } from '../context/request-view.ts';
import type { CnameToken } from '../documents/bucket-documents.ts';
import { domainKey } from '../keys/configuration-keys.ts';
import type { Eventually } from '../ports/eventually.ts';
import { readRows } from '../ports/read-rows.ts';
import {
  type DomainBinding,
  type DomainCertificate,
  decodeDomainBinding,
} from '../records/domain-binding.ts';
import { type BindCname, bindCname, unbindCname } from './bind-cname.ts';
import { createCnameToken, getCnameToken } from './cname-token.ts';

/** No domain is longer (RFC 1035 §2.3.4); what a stranger calls this server may not even fit into a key. */
const domainCharactersMax = 253;

export class Cnames {
  readonly #core: CoreContext;
  readonly #documents: BucketDocuments;
  readonly #known: KnownRecords<DomainBinding>;

  constructor(core: CoreContext, documents: BucketDocuments) {
    this.#core = core;
    this.#documents = documents;
    this.#known = new KnownRecords(core, {
      key: domainKey,
      parse: (domain, row) => decodeDomainBinding(domain, row.value, core.settings.masterKey),
    });
  }

  /** What is known of a domain, for a view to ask for. */
  known(domain: string): KnownRow | undefined {
    return this.#known.known(domain);
  }

  /** Where a domain led when it was last asked for: good enough to guess what a request is going to need. */
  lastTarget(domain: string): string | undefined {
    return this.#known.known(domain)?.parsed?.bucketName;
  }

  /** What a domain, in lower case, leads to; the bucket may be gone since. */
  find(at: RequestView, domain: string): Eventually<DomainBinding | undefined> {
    if (domain.length > domainCharactersMax) return undefined;
    return this.#known.find(at, domain);
  }

  /** Throws NeedVerifyDomainOwnership, CnameDenied, or InvalidArgument for the certificate. */
  bind(bucket: Bucket, wish: BindCname): Promise<void> {
    return bindCname(this.#core, this.#documents, bucket, wish);
  }

  unbind(bucket: Bucket, domain: string): Promise<void> {
    return unbindCname(this.#core, bucket, domain);
  }

  /** In the order they were bound. */
  async list(bucket: Bucket): Promise<DomainBinding[]> {
    const { metadata, settings } = this.#core;
    const domains = (await this.#documents.get(bucket, 'cname'))?.domains ?? [];
    const rows = await readRows(metadata, domains.map(domainKey));
    const bindings: DomainBinding[] = [];
    for (const [at, domain] of domains.entries()) {
      const row = rows[at];
      if (row == null) continue;
      const binding = decodeDomainBinding(domain, row.value, settings.masterKey);
      if (binding.bucketId.equals(bucket.id)) bindings.push(binding);
    }
    return bindings;
  }

  createToken(bucket: Bucket, domain: string): Promise<CnameToken> {
    return createCnameToken(this.#core, this.#documents, bucket, domain);
  }

  /** Throws CnameTokenNotFound. */
  token(bucket: Bucket, domain: string): Promise<CnameToken> {
    return getCnameToken(this.#core, this.#documents, bucket, domain);
  }

  /** As of now, for a handshake that is not part of a request yet. */
  async certificate(domain: string): Promise<DomainCertificate | undefined> {
    return (await this.#now(domain))?.certificate;
  }

  async isBound(domain: string): Promise<boolean> {
    return (await this.#now(domain)) !== undefined;
  }

  async #now(domain: string): Promise<DomainBinding | undefined> {
    const known = this.known(domain);
    const at = readView(this.#core.metadata, known === undefined ? [] : [known]);
    return this.find(await at, domain);
  }
}
