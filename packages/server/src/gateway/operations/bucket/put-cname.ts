import {
  type CertificateConfiguration,
  invalidArgument,
  operationNotImplemented,
  putCname,
} from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { isBoundByOperator } from '../cname-domain.ts';

export const putCnameHandler = handler({
  operation: putCname,
  action: 'oss:PutCname',
  need: 'own-bucket',
  run: async ({ domain, certificateConfiguration = {} }, { store, settings, bucket }) => {
    const isVouchedFor = isBoundByOperator(settings, bucket, domain);
    await store.cnames.bind(bucket, {
      domain,
      isVouchedFor,
      ...certificateWish(certificateConfiguration),
    });
    return {};
  },
});

/** There is no certificate service here to take one from by its id. */
function certificateWish(wish: CertificateConfiguration) {
  const { certId, ...rest } = wish;
  if (certId !== undefined && rest.certificate === undefined) {
    throw operationNotImplemented('PutCname with the CertId of a certificate service');
  }
  for (const [given, lacking] of [
    ['certificate', 'privateKey'],
    ['privateKey', 'certificate'],
  ] as const) {
    if (rest[given] === undefined || rest[lacking] !== undefined) continue;
    const name = lacking === 'certificate' ? 'Certificate' : 'PrivateKey';
    throw invalidArgument(name, '', 'Certificate and PrivateKey are sent together.');
  }
  return rest;
}
