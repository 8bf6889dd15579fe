import { getCnameToken } from '@osskeep/protocol';
import { handler } from '../../handler.ts';
import { cnameTokenOutput } from './cname-token-output.ts';

export const getCnameTokenHandler = handler(
  getCnameToken,
  'oss:GetCnameToken',
  'own-bucket',
  async ({ domain }, { store, bucket }) =>
    cnameTokenOutput(bucket, await store.cnames.token(bucket, domain)),
);
