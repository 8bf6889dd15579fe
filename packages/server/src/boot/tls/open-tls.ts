// Everything https needs besides its listener: which certificate for which name, and the server's own
// authority. Order of choice: files whose names match, what PutCname brought, the own authority's, else
// the default certificate.
import type { Certificate, CertificateSource } from '../../gateway/http/tls/certificate-source.ts';
import { firstOf } from '../../gateway/http/tls/certificate-source.ts';
import { SecureContexts } from '../../gateway/http/tls/secure-contexts.ts';
import type { Addressing } from '../../gateway/request/addressing.ts';
import type { Logger } from '../process/log.ts';
import type { CertificateSetting } from '../settings/tls-settings.ts';
import { FileCertificates } from './file-certificates.ts';
import { LeafCertificates } from './leaf-certificates.ts';
import { openLeafIssuer } from './leaf-issuer.ts';
import { type LocalAuthority, openLocalAuthority } from './local-authority.ts';
import { defaultNames, namesUnder } from './own-names.ts';
import { type BoundDomains, StoreCertificates } from './store-certificates.ts';

export interface TlsOptions {
  readonly selfSigned: boolean;
  readonly certificates: readonly CertificateSetting[];
  /** Where the own authority is kept; absent: in memory. */
  readonly folder: string | undefined;
  readonly listenHosts: readonly string[];
  /** As they are at the moment: a reload changes them. */
  readonly addressing: () => Addressing;
  readonly boundDomains: BoundDomains;
  readonly log: Logger;
}

export interface Tls {
  readonly contexts: SecureContexts;
  readonly authority: LocalAuthority | undefined;
  /** For clients that send no name, or one that nothing is known for. */
  byDefault(): Promise<Certificate>;
  /** Reads other certificates; what is returned puts them in place. */
  prepare(certificates: readonly CertificateSetting[]): Promise<() => void>;
}

export async function openTls(options: TlsOptions): Promise<Tls> {
  const { log, certificates, selfSigned } = options;
  const files = new FileCertificates(log);
  (await files.prepare(certificates))();
  const own = selfSigned ? await openOwn(options) : undefined;
  const sources: CertificateSource[] = [files, new StoreCertificates(options.boundDomains)];
  if (own !== undefined) sources.push(own.leaves);
  return {
    contexts: new SecureContexts(firstOf(sources)),
    authority: own?.authority,
    byDefault: async () => {
      const certificate = (await files.first()) ?? (await own?.leaves.byDefault());
      if (certificate === undefined) throw new Error('https without any certificate');
      return certificate;
    },
    prepare: (changed) => files.prepare(changed),
  };
}

async function openOwn({
  folder,
  listenHosts,
  addressing,
  boundDomains,
}: TlsOptions): Promise<{ authority: LocalAuthority; leaves: LeafCertificates }> {
  const authority = await openLocalAuthority(folder, Date.now());
  const leaves = new LeafCertificates(await openLeafIssuer(authority), {
    defaultNames: defaultNames(listenHosts),
    namesFor: async (domain) => {
      const { domains, cnames } = addressing();
      const names = namesUnder(domains, domain);
      if (names !== undefined) return names;
      const isOurs = cnames.has(domain) || (await boundDomains.isBound(domain));
      return isOurs ? [domain] : undefined;
    },
  });
  return { authority, leaves };
}
