// Which key a request seems to be signed with: read from where each version puts it, and no more than a guess.
import { describe, expect, test } from 'vitest';
import { presentedKeyId } from '../../../src/gateway/request/presented-key-id.ts';

const head = (
  authorization: string | undefined,
  query: Record<string, string> = {},
): Parameters<typeof presentedKeyId>[0] => ({
  headers: new Map(authorization === undefined ? [] : [['authorization', authorization]]),
  query: new Map(Object.entries(query)),
});

describe('in the header', () => {
  test.each([
    ['OSS4-HMAC-SHA256 Credential=LTAI/20260115/cn-hangzhou/oss/aliyun_v4_request,Signature=ab'],
    ['OSS4-HMAC-SHA256 AdditionalHeaders=host, Credential=LTAI/20260115, Signature=ab'],
    ['OSS LTAI:c2lnbmF0dXJl'],
    ['OSS2 AccessKeyId:LTAI,AdditionalHeaders:host,Signature:ab'],
    ['OSS2 AccessKeyId:LTAI, Signature:ab'],
  ])('%s', (authorization) => {
    expect(presentedKeyId(head(authorization))).toBe('LTAI');
  });

  test.each([[''], ['Bearer token'], ['OSS '], ['OSS :x'], ['OSS4-HMAC-SHA256 Credential=/x']])(
    '%o names none',
    (authorization) => {
      expect(presentedKeyId(head(authorization))).toBeUndefined();
    },
  );
});

test('in the URL, and nowhere', () => {
  expect(presentedKeyId(head(undefined, { 'x-oss-credential': 'LTAI/20260115/x' }))).toBe('LTAI');
  expect(presentedKeyId(head(undefined, { OSSAccessKeyId: 'LTAI' }))).toBe('LTAI');
  expect(presentedKeyId(head(undefined, { 'x-oss-access-key-id': 'LTAI' }))).toBe('LTAI');
  expect(presentedKeyId(head(undefined, { prefix: 'LTAI' }))).toBeUndefined();
  expect(presentedKeyId(head(undefined))).toBeUndefined();
});
