import { type CnameCertificate, listCname } from '@osskeep/protocol';
import { certificateFacts } from '../../../core/cnames/domain-certificate.ts';
import type { DomainCertificate } from '../../../core/records/domain-binding.ts';
import { handler } from '../../request/handler.ts';
import { domainsOfOperator } from '../cname-domain.ts';

export const listCnameHandler = handler({
  operation: listCname,
  action: 'oss:ListCname',
  need: 'own-bucket',
  run: async (_, { store, settings, bucket }) => {
    const bindings = await store.cnames.list(bucket);
    const bound = new Set(bindings.map(({ domain }) => domain));
    const ofOperator = domainsOfOperator(settings, bucket).filter((domain) => !bound.has(domain));
    return {
      bucket: bucket.name,
      owner: bucket.owner.id,
      cnames: [
        ...ofOperator.map((domain) => ({
          domain,
          lastModified: bucket.createdMs,
          status: 'Enabled',
        })),
        ...bindings.map(({ domain, boundMs, certificate }) => ({
          domain,
          lastModified: boundMs,
          status: 'Enabled',
          certificate: certificate && cnameCertificate(certificate),
        })),
      ],
    };
  },
});

function cnameCertificate(stored: DomainCertificate): CnameCertificate {
  const { fingerprint, validFromMs, validToMs } = certificateFacts(stored.certificate);
  return {
    type: 'Upload',
    certId: stored.certId,
    status: 'Enabled',
    creationDate: stored.createdMs,
    fingerprint,
    validStartDate: validFromMs,
    validEndDate: validToMs,
  };
}
