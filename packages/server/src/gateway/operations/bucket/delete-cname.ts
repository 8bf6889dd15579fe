import { deleteCname, ossError } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { domainsOfOperator } from '../cname-domain.ts';

const message =
  "The domain is bound by the server's configuration. Take it out there (cnames, --cname).";

export const deleteCnameHandler = handler({
  operation: deleteCname,
  action: 'oss:DeleteCname',
  need: 'own-bucket',
  run: async ({ domain }, { store, settings, bucket }) => {
    await store.cnames.unbind(bucket, domain);
    if (domainsOfOperator(settings, bucket).includes(domain)) {
      throw ossError('AccessDenied', { Bucket: bucket.name, Cname: domain }, { message });
    }
    return {};
  },
});
