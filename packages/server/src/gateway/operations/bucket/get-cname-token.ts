import { getCnameToken } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { cnameTokenOutput } from './cname-token-output.ts';

export const getCnameTokenHandler = handler({
  operation: getCnameToken,
  action: 'oss:GetCnameToken',
  need: 'own-bucket',
  run: async ({ domain }, { store, bucket }) =>
    cnameTokenOutput(bucket, await store.cnames.token(bucket, domain)),
});
