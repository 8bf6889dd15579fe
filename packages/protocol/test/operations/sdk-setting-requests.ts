// Recorded requests on versions, access, custom domains and cross-origin rules.
import {
  type AnySdkRequest,
  emptyMd5,
  identity,
  ofEmptyBody,
  ofEmptyDocument,
  oss2,
  ossV2,
} from './sdk-request.ts';

/** Python's V2 sends a digest with some requests that have no body and no type. */
const withEmptyMd5 = { ...identity, 'Content-MD5': emptyMd5 };
const withoutBody = { ...identity, 'Content-Length': '0' };

const wholePage =
  'prefix=a%2F&delimiter=%2F&key-marker=a%2Fb&version-id-marker=null&max-keys=3&encoding-type=url';
const wholePageInput = {
  prefix: 'a/',
  delimiter: '/',
  keyMarker: 'a/b',
  versionIdMarker: 'null',
  maxKeys: 3,
  encodingType: 'url',
} as const;

const versions: readonly AnySdkRequest[] = [
  {
    sdk: oss2,
    call: 'put_bucket_versioning: no content type',
    operation: 'PutBucketVersioning',
    wire: {
      method: 'PUT',
      target: '/bucket-1/?versioning=',
      headers: { ...identity, 'Content-MD5': '8qj8HSeDu3APPMQZVG06WQ==', 'Content-Length': '75' },
      body: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
    },
    input: { status: 'Enabled' },
  },
  {
    sdk: ossV2,
    call: 'put_bucket_versioning',
    operation: 'PutBucketVersioning',
    wire: {
      method: 'PUT',
      target: '/bucket-1/?versioning=',
      headers: {
        ...identity,
        'Content-Type': 'application/xml',
        'Content-MD5': 'hxXDWuCDWB72Be0LG4XniQ==',
        'Content-Length': '77',
      },
      body: '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>',
    },
    input: { status: 'Suspended' },
  },
  {
    sdk: oss2,
    call: 'get_bucket_versioning',
    operation: 'GetBucketVersioning',
    wire: { method: 'GET', target: '/bucket-1/?versioning=', headers: identity },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'get_bucket_versioning: a digest, no type',
    operation: 'GetBucketVersioning',
    wire: { method: 'GET', target: '/bucket-1/?versioning=', headers: withEmptyMd5 },
    input: {},
  },
  {
    sdk: oss2,
    call: 'list_object_versions without arguments: every parameter, most of them empty',
    operation: 'ListObjectVersions',
    wire: {
      method: 'GET',
      target:
        '/bucket-1/?prefix=&delimiter=&key-marker=&version-id-marker=&max-keys=100' +
        '&encoding-type=url&versions=',
      headers: identity,
    },
    input: { maxKeys: 100, encodingType: 'url' },
  },
  {
    sdk: oss2,
    call: 'list_object_versions',
    operation: 'ListObjectVersions',
    wire: { method: 'GET', target: `/bucket-1/?${wholePage}&versions=`, headers: identity },
    input: wholePageInput,
  },
  {
    sdk: ossV2,
    call: 'list_object_versions without arguments',
    operation: 'ListObjectVersions',
    wire: {
      method: 'GET',
      target: '/bucket-1/?encoding-type=url&versions=',
      headers: ofEmptyBody,
    },
    input: { encodingType: 'url' },
  },
  {
    sdk: ossV2,
    call: 'list_object_versions',
    operation: 'ListObjectVersions',
    wire: {
      method: 'GET',
      target:
        '/bucket-1/?encoding-type=url&versions=&delimiter=%2F&key-marker=a%2Fb' +
        '&version-id-marker=null&max-keys=3&prefix=a%2F',
      headers: ofEmptyBody,
    },
    input: wholePageInput,
  },
];

const acls: readonly AnySdkRequest[] = [
  {
    sdk: oss2,
    call: 'put_bucket_acl',
    operation: 'PutBucketAcl',
    wire: {
      method: 'PUT',
      target: '/bucket-1/?acl=',
      headers: { ...withoutBody, 'x-oss-acl': 'public-read' },
    },
    input: { acl: 'public-read' },
  },
  {
    sdk: ossV2,
    call: 'put_bucket_acl: the digest of nothing',
    operation: 'PutBucketAcl',
    wire: {
      method: 'PUT',
      target: '/bucket-1/?acl=',
      headers: { ...withoutBody, 'x-oss-acl': 'public-read', 'Content-MD5': emptyMd5 },
    },
    input: { acl: 'public-read' },
  },
  {
    sdk: ossV2,
    call: 'get_bucket_acl',
    operation: 'GetBucketAcl',
    wire: { method: 'GET', target: '/bucket-1/?acl=', headers: withEmptyMd5 },
    input: {},
  },
  {
    sdk: oss2,
    call: 'put_object_acl of a version',
    operation: 'PutObjectAcl',
    wire: {
      method: 'PUT',
      target: '/bucket-1/key0?versionId=null&acl=',
      headers: { ...withoutBody, 'x-oss-object-acl': 'public-read' },
    },
    input: { acl: 'public-read', versionId: 'null' },
  },
  {
    sdk: ossV2,
    call: 'put_object_acl of a version',
    operation: 'PutObjectAcl',
    wire: {
      method: 'PUT',
      target: '/bucket-1/key0?acl=&versionId=null',
      headers: { ...withoutBody, 'x-oss-object-acl': 'public-read' },
    },
    input: { acl: 'public-read', versionId: 'null' },
  },
  {
    sdk: oss2,
    call: 'get_object_acl of a version',
    operation: 'GetObjectAcl',
    wire: { method: 'GET', target: '/bucket-1/key0?versionId=null&acl=', headers: identity },
    input: { versionId: 'null' },
  },
];

const ofOss2 = {
  headers: { ...identity, 'Content-Length': '108' },
  body:
    '<PublicAccessBlockConfiguration><BlockPublicAccess>True</BlockPublicAccess>' +
    '</PublicAccessBlockConfiguration>',
};
const ofOssV2 = {
  headers: {
    ...identity,
    'Content-Type': 'application/xml',
    'Content-MD5': '/U655m3nC6Xjg2S0w7i5Pw==',
    'Content-Length': '108',
  },
  body:
    '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess>' +
    '</PublicAccessBlockConfiguration>',
};

const publicAccessBlocks: readonly AnySdkRequest[] = [
  {
    sdk: oss2,
    call: 'put_bucket_public_access_block: True',
    operation: 'PutBucketPublicAccessBlock',
    wire: { method: 'PUT', target: '/bucket-1/?publicAccessBlock=', ...ofOss2 },
    input: { blockPublicAccess: true },
  },
  {
    sdk: ossV2,
    call: 'put_bucket_public_access_block',
    operation: 'PutBucketPublicAccessBlock',
    wire: { method: 'PUT', target: '/bucket-1/?publicAccessBlock=', ...ofOssV2 },
    input: { blockPublicAccess: true },
  },
  {
    sdk: ossV2,
    call: 'get_bucket_public_access_block: the type of a document that is not there',
    operation: 'GetBucketPublicAccessBlock',
    wire: { method: 'GET', target: '/bucket-1/?publicAccessBlock=', headers: ofEmptyDocument },
    input: {},
  },
  {
    sdk: oss2,
    call: 'delete_bucket_public_access_block',
    operation: 'DeleteBucketPublicAccessBlock',
    wire: { method: 'DELETE', target: '/bucket-1/?publicAccessBlock=', headers: withoutBody },
    input: {},
  },
  {
    sdk: oss2,
    call: 'put_public_access_block: True',
    operation: 'PutPublicAccessBlock',
    wire: { method: 'PUT', target: '/?publicAccessBlock=', ...ofOss2 },
    input: { blockPublicAccess: true },
  },
  {
    sdk: ossV2,
    call: 'put_public_access_block',
    operation: 'PutPublicAccessBlock',
    wire: { method: 'PUT', target: '/?publicAccessBlock=', ...ofOssV2 },
    input: { blockPublicAccess: true },
  },
  {
    sdk: oss2,
    call: 'get_public_access_block',
    operation: 'GetPublicAccessBlock',
    wire: { method: 'GET', target: '/?publicAccessBlock=', headers: identity },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'delete_public_access_block',
    operation: 'DeletePublicAccessBlock',
    wire: {
      method: 'DELETE',
      target: '/?publicAccessBlock=',
      headers: { ...ofEmptyDocument, 'Content-Length': '0' },
    },
    input: {},
  },
];

const certificate = '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----';
const privateKey = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----';
const withCertificate = {
  domain: 'img.example.com',
  certificateConfiguration: {
    certId: '493-cn-hangzhou',
    certificate,
    privateKey,
    previousCertId: '492-cn-hangzhou',
    force: true,
    deleteCertificate: false,
  },
} as const;
const domainOnly =
  '<BucketCnameConfiguration><Cname><Domain>img.example.com</Domain></Cname>' +
  '</BucketCnameConfiguration>';
const domainInput = { domain: 'img.example.com' };

const cnames: readonly AnySdkRequest[] = [
  {
    sdk: oss2,
    call: 'put_bucket_cname with a certificate: True and False',
    operation: 'PutCname',
    wire: {
      method: 'POST',
      target: '/bucket-1/?cname=&comp=add',
      headers: { ...identity, 'Content-Length': '464' },
      body:
        '<BucketCnameConfiguration><Cname><Domain>img.example.com</Domain>' +
        '<CertificateConfiguration><CertId>493-cn-hangzhou</CertId>' +
        `<Certificate>${certificate}</Certificate><PrivateKey>${privateKey}</PrivateKey>` +
        '<PreviousCertId>492-cn-hangzhou</PreviousCertId><Force>True</Force>' +
        '<DeleteCertificate>False</DeleteCertificate></CertificateConfiguration></Cname>' +
        '</BucketCnameConfiguration>',
    },
    input: withCertificate,
  },
  {
    sdk: ossV2,
    call: 'put_cname with a certificate: another order',
    operation: 'PutCname',
    wire: {
      method: 'POST',
      target: '/bucket-1/?cname=&comp=add',
      headers: {
        ...identity,
        'Content-Type': 'application/xml',
        'Content-MD5': 'nuOZSMgKztbSQYtM2nAMZA==',
        'Content-Length': '464',
      },
      body:
        '<BucketCnameConfiguration><Cname><Domain>img.example.com</Domain>' +
        `<CertificateConfiguration><Certificate>${certificate}</Certificate>` +
        `<PrivateKey>${privateKey}</PrivateKey>` +
        '<PreviousCertId>492-cn-hangzhou</PreviousCertId><Force>true</Force>' +
        '<DeleteCertificate>false</DeleteCertificate><CertId>493-cn-hangzhou</CertId>' +
        '</CertificateConfiguration></Cname></BucketCnameConfiguration>',
    },
    input: withCertificate,
  },
  {
    sdk: oss2,
    call: 'delete_bucket_cname',
    operation: 'DeleteCname',
    wire: {
      method: 'POST',
      target: '/bucket-1/?cname=&comp=delete',
      headers: { ...identity, 'Content-Length': '100' },
      body: domainOnly,
    },
    input: domainInput,
  },
  {
    sdk: ossV2,
    call: 'list_cname',
    operation: 'ListCname',
    wire: { method: 'GET', target: '/bucket-1/?cname=', headers: ofEmptyDocument },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'create_cname_token',
    operation: 'CreateCnameToken',
    wire: {
      method: 'POST',
      target: '/bucket-1/?cname=&comp=token',
      headers: {
        ...identity,
        'Content-Type': 'application/xml',
        'Content-MD5': 'rwp/HMWJ3kmN9Xy0SOfLvQ==',
        'Content-Length': '100',
      },
      body: domainOnly,
    },
    input: domainInput,
  },
  {
    sdk: ossV2,
    call: 'get_cname_token',
    operation: 'GetCnameToken',
    wire: {
      method: 'GET',
      target: '/bucket-1/?comp=token&cname=img.example.com',
      headers: ofEmptyDocument,
    },
    input: domainInput,
  },
];

const cors: readonly AnySdkRequest[] = [
  {
    sdk: oss2,
    call: 'put_bucket_cors: no declaration, no content type',
    operation: 'PutBucketCors',
    wire: {
      method: 'PUT',
      target: '/bucket-1/?cors=',
      headers: { ...identity, 'Content-Length': '466' },
      body:
        '<CORSConfiguration><CORSRule><AllowedOrigin>https://www.example.com</AllowedOrigin>' +
        '<AllowedOrigin>https://*.example.org</AllowedOrigin><AllowedMethod>GET</AllowedMethod>' +
        '<AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>' +
        '<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-oss-request-id</ExposeHeader>' +
        '<MaxAgeSeconds>100</MaxAgeSeconds></CORSRule><CORSRule><AllowedOrigin>*</AllowedOrigin>' +
        '<AllowedMethod>HEAD</AllowedMethod></CORSRule></CORSConfiguration>',
    },
    input: {
      rules: [
        {
          allowedOrigins: ['https://www.example.com', 'https://*.example.org'],
          allowedMethods: ['GET', 'PUT'],
          allowedHeaders: ['*'],
          exposeHeaders: ['ETag', 'x-oss-request-id'],
          maxAgeSeconds: 100,
        },
        { allowedOrigins: ['*'], allowedMethods: ['HEAD'], allowedHeaders: [], exposeHeaders: [] },
      ],
    },
  },
  {
    sdk: ossV2,
    call: 'put_bucket_cors with Vary',
    operation: 'PutBucketCors',
    wire: {
      method: 'PUT',
      target: '/bucket-1/?cors=',
      headers: {
        ...identity,
        'Content-Type': 'application/xml',
        'Content-MD5': 'yxbaOM2wBc0pMmzlGNl9Vw==',
        'Content-Length': '314',
      },
      body:
        '<CORSConfiguration><CORSRule><AllowedOrigin>https://www.example.com</AllowedOrigin>' +
        '<AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>' +
        '<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>' +
        '<MaxAgeSeconds>100</MaxAgeSeconds></CORSRule><ResponseVary>true</ResponseVary>' +
        '</CORSConfiguration>',
    },
    input: {
      rules: [
        {
          allowedOrigins: ['https://www.example.com'],
          allowedMethods: ['GET', 'PUT'],
          allowedHeaders: ['*'],
          exposeHeaders: ['ETag'],
          maxAgeSeconds: 100,
        },
      ],
      responseVary: true,
    },
  },
  {
    sdk: ossV2,
    call: 'get_bucket_cors',
    operation: 'GetBucketCors',
    wire: { method: 'GET', target: '/bucket-1/?cors=', headers: ofEmptyDocument },
    input: {},
  },
  {
    sdk: oss2,
    call: 'delete_bucket_cors',
    operation: 'DeleteBucketCors',
    wire: { method: 'DELETE', target: '/bucket-1/?cors=', headers: withoutBody },
    input: {},
  },
  {
    sdk: ossV2,
    call: 'option_object, signed although nobody asks for it',
    operation: 'OptionObject',
    wire: {
      method: 'OPTIONS',
      target: '/bucket-1/key0',
      headers: {
        ...ofEmptyDocument,
        Origin: 'https://www.example.com',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'x-oss-test1,x-oss-test2',
        'Content-Length': '0',
      },
    },
    input: {
      origin: 'https://www.example.com',
      requestMethod: 'PUT',
      requestHeaders: 'x-oss-test1,x-oss-test2',
    },
  },
];

export const sdkSettingRequests: readonly AnySdkRequest[] = [
  ...versions,
  ...acls,
  ...publicAccessBlocks,
  ...cnames,
  ...cors,
];
