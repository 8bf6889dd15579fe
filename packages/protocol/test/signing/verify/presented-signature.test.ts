// Which signature a request presents, and every way for its form to be wrong (signing reference §0,
// §7.2, §7.3): refused before any key is looked up.
import { describe, expect, test } from 'vitest';
import type { SignableRequest } from '../../../src/signing/index.ts';
import { verify } from '../../../src/signing/index.ts';
import { outcome, refusalOf } from '../outcome.ts';
import { plain, setHeader, setQuery, signed, verifier } from '../signed.ts';

const invalid = (last: string): string => `400 InvalidArgument 0002-00000${last}`;
const denied = (last: string): string => `403 AccessDenied 0002-00000${last}`;
const wrongV4 = '403 SignatureDoesNotMatch 0002-00000201';

/** No key may be looked up for a malformed signature. */
const never = verifier({
  find: () => {
    throw new Error('a key was looked up');
  },
});

const authorized = (text: string, base: SignableRequest = plain): SignableRequest =>
  setHeader(base, 'Authorization', text);
const hex = 'ab'.repeat(32);
const scope = '20260102/cn-hangzhou/oss/aliyun_v4_request';
const v4 = (fields: string): SignableRequest => authorized(`OSS4-HMAC-SHA256 ${fields}`);
const url4 = signed('v4', 'url');
const url2 = signed('v2', 'url');
const url1 = signed('v1', 'url');

const malformed: [name: string, request: SignableRequest, refused: string][] = [
  ['empty Authorization', authorized(''), '400 InvalidArgument -'],
  ['Authorization of spaces', authorized('  '), '400 InvalidArgument -'],
  ['another dialect', authorized('AWS ak:sig'), invalid('061')],
  ['scheme in lower case', authorized('oss ak:sig'), invalid('061')],
  ['scheme glued on', authorized('OSSak:sig'), invalid('061')],

  ['V1: scheme alone', authorized('OSS'), invalid('062')],
  ['V1: no colon', authorized('OSS ak'), invalid('062')],
  ['V1: no key id', authorized('OSS :sig'), invalid('063')],
  ['V1: extra space', authorized('OSS  ak:sig'), invalid('063')],
  ['V1: bad key id', authorized('OSS a<b:sig'), invalid('064')],
  ['V1: key id with a colon', authorized('OSS a:b:sig'), invalid('064')],
  ['V1: no signature', authorized('OSS ak:'), invalid('065')],
  ['V1 URL: no key id', setQuery(url1, 'OSSAccessKeyId', null), denied('071')],
  ['V1 URL: empty key id', setQuery(url1, 'OSSAccessKeyId', ''), denied('071')],
  [
    'V1 URL: bad key id',
    setQuery(url1, 'OSSAccessKeyId', 'a"b'),
    '403 InvalidAccessKeyId 0002-00000901',
  ],
  ['V1 URL: no Expires', setQuery(url1, 'Expires', null), denied('067')],
  ['V1 URL: empty Expires', setQuery(url1, 'Expires', ''), denied('068')],
  ['V1 URL: no Signature', setQuery(url1, 'Signature', null), '403 AccessDenied -'],
  ['V1 URL: empty Signature', setQuery(url1, 'Signature', ''), '403 AccessDenied -'],
  ['V1 URL: only Signature', { ...plain, query: [['Signature', 'x']] }, denied('067')],

  ['V2: scheme alone', authorized('OSS2'), invalid('102')],
  ['V2: one field', authorized('OSS2 AccessKeyId:ak'), invalid('102')],
  ['V2: four fields', authorized('OSS2 AccessKeyId:a,Signature:b,X:c,Y:d'), invalid('102')],
  ['V2: no colon', authorized('OSS2 AccessKeyId=ak,Signature:b'), invalid('103')],
  ['V2: unknown field', authorized('OSS2 AccessKeyId:ak,Sign:b'), invalid('104')],
  ['V2: field twice', authorized('OSS2 AccessKeyId:ak,AccessKeyId:b,Signature:c'), invalid('104')],
  ['V2: no key id', authorized('OSS2 AdditionalHeaders:host,Signature:b'), invalid('105')],
  ['V2: empty key id', authorized('OSS2 AccessKeyId:,Signature:b'), invalid('105')],
  ['V2: bad key id', authorized('OSS2 AccessKeyId:a b,Signature:b'), invalid('107')],
  ['V2: no signature', authorized('OSS2 AccessKeyId:ak,AdditionalHeaders:host'), invalid('108')],
  ['V2: empty signature', authorized('OSS2 AccessKeyId:ak,Signature:'), invalid('109')],
  [
    'V2: empty list',
    authorized('OSS2 AccessKeyId:ak,AdditionalHeaders:,Signature:b'),
    invalid('110'),
  ],
  [
    'V2: absent header',
    authorized('OSS2 AccessKeyId:ak,AdditionalHeaders:range,Signature:b'),
    invalid('112'),
  ],
  ['V2 URL: no expires', setQuery(url2, 'x-oss-expires', null), invalid('113')],
  ['V2 URL: empty expires', setQuery(url2, 'x-oss-expires', ''), invalid('114')],
  ['V2 URL: no key id', setQuery(url2, 'x-oss-access-key-id', null), '400 InvalidArgument -'],
  ['V2 URL: empty key id', setQuery(url2, 'x-oss-access-key-id', ''), invalid('116')],
  ['V2 URL: no signature', setQuery(url2, 'x-oss-signature', null), invalid('117')],
  ['V2 URL: empty signature', setQuery(url2, 'x-oss-signature', ''), invalid('118')],
  [
    'V2 URL: bad key id',
    setQuery(url2, 'x-oss-access-key-id', 'a/b'),
    '403 InvalidAccessKeyId 0002-00000901',
  ],
  ['V2 URL: empty list', setQuery(url2, 'x-oss-additional-headers', ''), invalid('076')],
  ['V2 URL: absent header', setQuery(url2, 'x-oss-additional-headers', 'range'), invalid('077')],

  ['V4: scheme alone', authorized('OSS4-HMAC-SHA256'), invalid('202')],
  ['V4: no name', v4(`Credential=ak/${scope},${hex}`), invalid('202')],
  ['V4: unknown field', v4(`Credential=ak/${scope},Sign=${hex}`), invalid('202')],
  ['V4: field twice', v4(`Signature=${hex},Signature=${hex}`), invalid('202')],
  ['V4: four fields', v4(`Credential=ak/${scope},Signature=${hex},A=b,C=d`), invalid('202')],
  ['V4: no Signature', v4(`Credential=ak/${scope}`), invalid('202')],
  ['V4: empty Signature', v4(`Credential=ak/${scope},Signature=`), invalid('202')],
  ['V4: no Credential', v4(`Signature=${hex}`), invalid('205')],
  ['V4: bad key id', v4(`Credential=a>b/${scope},Signature=${hex}`), invalid('206')],
  ['V4: empty key id', v4(`Credential=/${scope},Signature=${hex}`), invalid('206')],
  ['V4: key id with a slash', v4(`Credential=a/b/${scope},Signature=${hex}`), invalid('206')],
  [
    'V4: empty list',
    v4(`Credential=ak/${scope},AdditionalHeaders=,Signature=${hex}`),
    invalid('209'),
  ],
  [
    'V4: empty name',
    v4(`Credential=ak/${scope},AdditionalHeaders=a;;b,Signature=${hex}`),
    invalid('210'),
  ],
  [
    'V4: scope date not a date',
    v4(`Credential=ak/2026010/cn-hangzhou/oss/aliyun_v4_request,Signature=${hex}`),
    invalid('212'),
  ],
  [
    'V4: four parts',
    v4(`Credential=ak/20260102/oss/aliyun_v4_request,Signature=${hex}`),
    invalid('213'),
  ],
  ['V4: suffix', v4(`Credential=ak/20260102/r/oss/aws4_request,Signature=${hex}`), invalid('213')],
  ['V4: body hash', setHeader(signed('v4', 'header'), 'x-oss-content-sha256', hex), invalid('214')],
  ['V4 URL: unknown version', setQuery(url4, 'x-oss-signature-version', 'OSS5'), invalid('066')],
  ['V4 URL: empty version', setQuery(url4, 'x-oss-signature-version', undefined), invalid('066')],
  ['V4 URL: no expires', setQuery(url4, 'x-oss-expires', null), invalid('215')],
  ['V4 URL: empty expires', setQuery(url4, 'x-oss-expires', ''), invalid('216')],
  ['V4 URL: no credential', setQuery(url4, 'x-oss-credential', null), invalid('217')],
  ['V4 URL: empty credential', setQuery(url4, 'x-oss-credential', undefined), invalid('218')],
  ['V4 URL: no signature', setQuery(url4, 'x-oss-signature', null), invalid('219')],
  ['V4 URL: empty signature', setQuery(url4, 'x-oss-signature', ''), invalid('220')],
  ['V4 URL: bad key id', setQuery(url4, 'x-oss-credential', `a'b/${scope}`), invalid('222')],
  [
    'V4 URL: bad scope date',
    setQuery(url4, 'x-oss-credential', 'ak/2026-1-2/cn-hangzhou/oss/aliyun_v4_request'),
    invalid('223'),
  ],
  ['V4 URL: bad shape', setQuery(url4, 'x-oss-credential', 'ak'), invalid('224')],
  ['V4 URL: body hash', setHeader(url4, 'x-oss-content-sha256', 'x'), invalid('214')],
  ['V4 URL: empty list', setQuery(url4, 'x-oss-additional-headers', ''), invalid('076')],
  ['V4 URL: absent header', setQuery(url4, 'x-oss-additional-headers', 'range'), invalid('077')],
  ['V4 URL: empty name', setQuery(url4, 'x-oss-additional-headers', ';'), invalid('077')],

  ['header and V4 URL', authorized('OSS ak:sig', url4), invalid('039')],
  ['header and V1 URL', authorized('OSS ak:sig', url1), invalid('039')],
  ['header and V2 URL', authorized('AWS x', url2), invalid('039')],
  [
    'header and a part of V1',
    authorized('OSS ak:s', setQuery(plain, 'Expires', '1')),
    invalid('039'),
  ],
  [
    'token in header and V4 URL',
    setHeader(signed('v4', 'url', plain, { token: 't' }), 'x-oss-security-token', 't'),
    invalid('010'),
  ],
  [
    'token in header and V1 URL',
    setHeader(signed('v1', 'url', plain, { token: 't' }), 'X-OSS-Security-Token', 't'),
    invalid('010'),
  ],
  [
    'token in both, signed in the header',
    signed('v4', 'header', setQuery(plain, 'x-oss-security-token', 't'), { token: 't' }),
    invalid('010'),
  ],
];

describe('malformed', () => {
  test.each(malformed)('%s', async (_, request, refused) => {
    expect(await outcome(request, never)).toBe(refused);
  });

  test('each EC of the table at least once', () => {
    const ecs = new Set(malformed.map(([, , refused]) => refused.split('-').at(-1)?.slice(-3)));
    const wanted =
      '010 039 061 062 063 064 065 066 067 068 071 076 077 102 103 104 105 107 108 109 110 112' +
      ' 113 114 116 117 118 202 205 206 209 210 212 213 214 215 216 217 218 219 220 222 223 224' +
      ' 901';
    expect(wanted.split(' ').filter((ec) => !ecs.has(ec))).toEqual([]);
  });

  test('a bad Authorization is shown', async () => {
    const text = `OSS4-HMAC-SHA256 Credential=ak,Signature=${hex}`;
    const error = await refusalOf(() => verify(authorized(text), never));
    expect(error.details).toEqual({ Authorization: text });
  });
});

describe('schemes', () => {
  test('nothing presented is anonymous', async () => {
    expect(await outcome(plain, never)).toBe('anonymous');
    const token = setHeader(setQuery(plain, 'prefix', 'a'), 'x-oss-security-token', 't');
    expect(await outcome(token, never)).toBe('anonymous');
  });

  test('the version parameter decides, even beside V1 parameters', async () => {
    const mixed = setQuery(setQuery(url4, 'Expires', '1'), 'OSSAccessKeyId', 'x');
    expect(await outcome(mixed, verifier())).toBe(wrongV4);
    const request = { ...plain, query: [['Expires', '1']] as const };
    expect(await outcome(signed('v4', 'url', request), verifier())).toBe('accepted');
  });

  test('of repeated V1 parameters the first counts', async () => {
    const more = [
      ['Signature', 'x'],
      ['Expires', '1'],
      ['OSSAccessKeyId', 'nobody'],
    ] as const;
    expect(await outcome({ ...url1, query: [...url1.query, ...more] }, verifier())).toBe(
      'accepted',
    );
    const before = { ...url1, query: [...more, ...url1.query] };
    expect(await outcome(before, verifier())).not.toBe('accepted');
  });

  test('fields of V4 in any order and with spaces', async () => {
    const request = signed('v4', 'header', setHeader(plain, 'Range', 'bytes=0-1'), {
      additionalHeaders: ['Range'],
    });
    const text = request.headers.find(([name]) => name === 'Authorization')?.[1] ?? '';
    const [scheme, fields = ''] = text.split(' ');
    const turned = `${scheme} ${fields.split(',').reverse().join(', ')}`;
    expect(fields).toContain(',AdditionalHeaders=range,');
    expect(await outcome(authorized(turned, request), verifier())).toBe('accepted');
  });
});
