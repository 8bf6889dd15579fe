// Where a TLS handshake finds the certificate of a name: the port that files, the store's bound domains
// and the server's own certificate authority each stand behind.

export interface Certificate {
  /** Changes whenever the certificate does. */
  readonly id: string;
  /** PEM, the server's own first, then its issuers. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

export interface CertificateSource {
  /** `domain` is a lower-case host name without a trailing dot. */
  find(domain: string): Promise<Certificate | undefined>;
}

/** Asks one source after another; the first that knows the name decides. */
export function firstOf(sources: readonly CertificateSource[]): CertificateSource {
  return {
    find: async (domain) => {
      for (const source of sources) {
        const found = await source.find(domain);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
