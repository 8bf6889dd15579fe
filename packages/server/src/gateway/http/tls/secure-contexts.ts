// Chooses the certificate of each TLS handshake by the name the client sends (SNI). The source is asked
// anew every time, so a changed certificate counts without a restart; what OpenSSL makes of it is kept.
import { createSecureContext, type SecureContext } from 'node:tls';
import { parseHost } from '@osskeep/protocol';
import type { Certificate, CertificateSource } from './certificate-source.ts';
import { RecentValues } from './recent-values.ts';

/** TLS 1.0 and 1.1 are broken (RFC 8996; security checklist 48). */
export const minVersion = 'TLSv1.2';

const contextsMax = 1_000;

export class SecureContexts {
  readonly #source: CertificateSource;
  readonly #contexts = new RecentValues<SecureContext>(contextsMax);

  constructor(source: CertificateSource) {
    this.#source = source;
  }

  /** undefined: nothing is known for this name, the default certificate is shown. */
  async find(serverName: string): Promise<SecureContext | undefined> {
    const domain = parseHost(serverName)?.name;
    if (domain === undefined) return undefined;
    const certificate = await this.#source.find(domain);
    return certificate === undefined ? undefined : this.#contextOf(certificate);
  }

  #contextOf({ id, cert, key }: Certificate): SecureContext {
    const known = this.#contexts.get(id);
    if (known !== undefined) return known;
    const context = createSecureContext({ cert, key, minVersion });
    this.#contexts.set(id, context);
    return context;
  }
}
