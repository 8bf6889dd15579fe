// The certificates that PutCname brought: kept by the store beside the binding of their domain.
import type { Certificate, CertificateSource } from '../../gateway/http/tls/certificate-source.ts';
import { certificateId } from './key-pair.ts';

/** What https asks the store about the custom domains bound in it. */
export interface BoundDomains {
  isBound(domain: string): Promise<boolean>;
  certificate(
    domain: string,
  ): Promise<
    | { readonly certificate: string; readonly privateKey: string; readonly certId: string }
    | undefined
  >;
}

export class StoreCertificates implements CertificateSource {
  readonly #domains: BoundDomains;

  constructor(domains: BoundDomains) {
    this.#domains = domains;
  }

  async find(domain: string): Promise<Certificate | undefined> {
    const found = await this.#domains.certificate(domain);
    if (found === undefined) return undefined;
    const { certificate, privateKey } = found;
    return { id: certificateId(certificate), cert: certificate, key: privateKey };
  }
}
