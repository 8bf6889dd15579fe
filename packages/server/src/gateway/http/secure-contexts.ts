// Chooses the certificate of each TLS handshake by the name the client sends (SNI). The source is asked
// anew every time, so a changed certificate counts without a restart; what OpenSSL makes of it is kept.
import { createSecureContext, type SecureContext } from 'node:tls';
import { parseHost } from '@osskeep/protocol';
import type { Certificate, CertificateSource } from './certificate-source.ts';

/** TLS 1.0 and 1.1 are broken (RFC 8996; security checklist 48). */
export const minVersion = 'TLSv1.2';

const contextsMax = 1_000;

export class SecureContexts {
  readonly #source: CertificateSource;
  /** In the order of their last use. */
  readonly #contexts = new Map<string, SecureContext>();

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
    this.#contexts.delete(id);
    const context = known ?? createSecureContext({ cert, key, minVersion });
    this.#contexts.set(id, context);
    if (this.#contexts.size > contextsMax) {
      const [oldest] = this.#contexts.keys();
      if (oldest !== undefined) this.#contexts.delete(oldest);
    }
    return context;
  }
}
