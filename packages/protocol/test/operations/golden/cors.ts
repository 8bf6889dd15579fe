// Golden bytes of cross-origin rules and preflight requests.
import { declaration, type GoldenRecord, xml } from './golden.ts';

const twoRules =
  `${declaration}<CORSConfiguration><CORSRule>` +
  '<AllowedOrigin>https://www.example.com</AllowedOrigin>' +
  '<AllowedOrigin>https://*.example.org</AllowedOrigin><AllowedMethod>GET</AllowedMethod>' +
  '<AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>' +
  '<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-oss-request-id</ExposeHeader>' +
  '<MaxAgeSeconds>100</MaxAgeSeconds></CORSRule><CORSRule><AllowedOrigin>*</AllowedOrigin>' +
  '<AllowedMethod>HEAD</AllowedMethod></CORSRule>';
const rules = [
  {
    allowedOrigins: ['https://www.example.com', 'https://*.example.org'],
    allowedMethods: ['GET', 'PUT'],
    allowedHeaders: ['*'],
    exposeHeaders: ['ETag', 'x-oss-request-id'],
    maxAgeSeconds: 100,
  },
  { allowedOrigins: ['*'], allowedMethods: ['HEAD'], allowedHeaders: [], exposeHeaders: [] },
] as const;

const preflight: GoldenRecord['OptionObject'] = {
  requests: [
    {
      source: 'alibabacloud-oss-v2 1.4.1 (Python), option_object with every header',
      wire: {
        method: 'OPTIONS',
        target: '/bucket-1/key0',
        headers: {
          origin: 'https://www.example.com',
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'x-oss-test1,x-oss-test2',
        },
      },
      input: {
        origin: 'https://www.example.com',
        requestMethod: 'PUT',
        requestHeaders: 'x-oss-test1,x-oss-test2',
      },
    },
  ],
  responses: [
    {
      source: 'operations reference T1-09',
      wire: {
        status: 200,
        headers: {
          'access-control-allow-origin': 'https://www.example.com',
          'access-control-allow-methods': 'GET, PUT',
          'access-control-allow-headers': 'x-oss-test1, x-oss-test2',
          'access-control-expose-headers': 'ETag, x-oss-request-id',
          'access-control-max-age': '100',
          vary: 'Origin',
        },
      },
      output: {
        allowOrigin: 'https://www.example.com',
        allowMethods: ['GET', 'PUT'],
        allowHeaders: ['x-oss-test1', 'x-oss-test2'],
        exposeHeaders: ['ETag', 'x-oss-request-id'],
        maxAgeSeconds: 100,
        vary: 'Origin',
      },
    },
    {
      source: 'operations reference T1-09: any origin, nothing more',
      wire: { status: 200, headers: { 'access-control-allow-origin': '*' } },
      output: { allowOrigin: '*' },
    },
  ],
};

export const cors: Pick<
  GoldenRecord,
  'PutBucketCors' | 'GetBucketCors' | 'DeleteBucketCors' | 'OptionObject' | 'OptionBucket'
> = {
  PutBucketCors: {
    requests: [
      {
        source: 'ali-oss 6.23.0, putBucketCORS(name, rules)',
        wire: {
          method: 'PUT',
          target: '/?cors=',
          headers: xml,
          body: `${twoRules}</CORSConfiguration>`,
        },
        input: { rules },
      },
      {
        source: 'operations reference T1-21: Vary',
        wire: {
          method: 'PUT',
          target: '/?cors=',
          headers: xml,
          body: `${twoRules}<ResponseVary>true</ResponseVary></CORSConfiguration>`,
        },
        input: { rules, responseVary: true },
      },
    ],
    responses: [{ source: 'operations reference T1-21', wire: { status: 200 }, output: {} }],
  },
  GetBucketCors: {
    requests: [
      {
        source: 'ali-oss 6.23.0, getBucketCORS(name)',
        wire: { method: 'GET', target: '/?cors=' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T1-22',
        wire: {
          status: 200,
          headers: xml,
          body: `${twoRules}<ResponseVary>false</ResponseVary></CORSConfiguration>`,
        },
        output: { rules, responseVary: false },
      },
    ],
  },
  DeleteBucketCors: {
    requests: [
      {
        source: 'ali-oss 6.23.0, deleteBucketCORS(name)',
        wire: { method: 'DELETE', target: '/?cors=' },
        input: {},
      },
    ],
    responses: [{ source: 'operations reference T1-23', wire: { status: 204 }, output: {} }],
  },
  OptionObject: preflight,
  OptionBucket: preflight,
};
