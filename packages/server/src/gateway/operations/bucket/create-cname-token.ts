import { createCnameToken } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { isBoundByOperator } from '../cname-domain.ts';
import { cnameTokenOutput } from './cname-token-output.ts';

export const createCnameTokenHandler = handler({
  operation: createCnameToken,
  action: 'oss:CreateCnameToken',
  need: 'own-bucket',
  run: async ({ domain }, { store, settings, bucket }) => {
    isBoundByOperator(settings, bucket, domain);
    return cnameTokenOutput(bucket, await store.cnames.createToken(bucket, domain));
  },
});
