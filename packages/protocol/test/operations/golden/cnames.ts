// Golden bytes of custom domains.
import { declaration, type Golden, type GoldenRecord, xml } from './golden.ts';

const certificate = '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n';
const privateKey = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n';

const domainOnly =
  `${declaration}<BucketCnameConfiguration><Cname><Domain>img.example.com</Domain></Cname>` +
  '</BucketCnameConfiguration>';

const post = (comp: string, body: string) =>
  ({ method: 'POST', target: `/?cname=&comp=${comp}`, headers: xml, body }) as const;

type Tokens = Golden<{ domain: string }, GoldenToken>['responses'];
interface GoldenToken {
  bucket: string;
  cname: string;
  token: string;
  expireTime: number;
}

const tokens = (source: string): Tokens => [
  {
    source,
    wire: {
      status: 200,
      headers: xml,
      body:
        `${declaration}<CnameToken><Bucket>examplebucket</Bucket><Cname>img.example.com</Cname>` +
        '<Token>be1d49d863dea9ffeff3df7d64550000</Token>' +
        '<ExpireTime>Wed, 23 Feb 2022 21:16:37 GMT</ExpireTime></CnameToken>',
    },
    output: {
      bucket: 'examplebucket',
      cname: 'img.example.com',
      token: 'be1d49d863dea9ffeff3df7d64550000',
      expireTime: Date.UTC(2022, 1, 23, 21, 16, 37),
    },
  },
];

export const cnames: Pick<
  GoldenRecord,
  'PutCname' | 'DeleteCname' | 'ListCname' | 'CreateCnameToken' | 'GetCnameToken'
> = {
  PutCname: {
    requests: [
      {
        source: 'operations reference T1-52',
        wire: post('add', domainOnly),
        input: { domain: 'img.example.com' },
      },
      {
        source: 'operations reference T1-52: with a certificate',
        wire: post(
          'add',
          `${declaration}<BucketCnameConfiguration><Cname><Domain>img.example.com</Domain>` +
            '<CertificateConfiguration><CertId>493-cn-hangzhou</CertId>' +
            `<Certificate>${certificate}</Certificate><PrivateKey>${privateKey}</PrivateKey>` +
            '<PreviousCertId>492-cn-hangzhou</PreviousCertId><Force>true</Force>' +
            '<DeleteCertificate>false</DeleteCertificate></CertificateConfiguration></Cname>' +
            '</BucketCnameConfiguration>',
        ),
        input: {
          domain: 'img.example.com',
          certificateConfiguration: {
            certId: '493-cn-hangzhou',
            certificate,
            privateKey,
            previousCertId: '492-cn-hangzhou',
            force: true,
            deleteCertificate: false,
          },
        },
      },
    ],
    responses: [{ source: 'operations reference T1-52', wire: { status: 200 }, output: {} }],
  },
  DeleteCname: {
    requests: [
      {
        source: 'operations reference T1-53',
        wire: post('delete', domainOnly),
        input: { domain: 'img.example.com' },
      },
    ],
    responses: [{ source: 'operations reference T1-53', wire: { status: 200 }, output: {} }],
  },
  ListCname: {
    requests: [
      {
        source: 'operations reference T1-54',
        wire: { method: 'GET', target: '/?cname=' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T1-54: none',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListCnameResult><Bucket>examplebucket</Bucket>` +
            '<Owner>1234567890</Owner></ListCnameResult>',
        },
        output: { bucket: 'examplebucket', owner: '1234567890', cnames: [] },
      },
      {
        source: 'operations reference T1-54: with and without a certificate',
        wire: {
          status: 200,
          headers: xml,
          body:
            `${declaration}<ListCnameResult><Bucket>examplebucket</Bucket>` +
            '<Owner>1234567890</Owner><Cname><Domain>img.example.com</Domain>' +
            '<LastModified>2021-09-15T02:35:07.000Z</LastModified><Status>Enabled</Status>' +
            '<Certificate><Type>CAS</Type><CertId>493-cn-hangzhou</CertId>' +
            '<Status>Enabled</Status>' +
            '<CreationDate>Wed, 15 Sep 2021 02:35:06 GMT</CreationDate>' +
            '<Fingerprint>DE:01:CF:EC:7C:A7:98:CB:D8:6E:FB:1D:97:EB:A9:64:1D:4E:00:00' +
            '</Fingerprint><ValidStartDate>Wed, 12 Apr 2023 10:14:51 GMT</ValidStartDate>' +
            '<ValidEndDate>Mon, 04 May 2048 10:14:51 GMT</ValidEndDate></Certificate></Cname>' +
            '<Cname><Domain>www.example.org</Domain>' +
            '<LastModified>2021-09-15T02:34:58.000Z</LastModified><Status>Enabled</Status>' +
            '</Cname></ListCnameResult>',
        },
        output: {
          bucket: 'examplebucket',
          owner: '1234567890',
          cnames: [
            {
              domain: 'img.example.com',
              lastModified: Date.UTC(2021, 8, 15, 2, 35, 7),
              status: 'Enabled',
              certificate: {
                type: 'CAS',
                certId: '493-cn-hangzhou',
                status: 'Enabled',
                creationDate: Date.UTC(2021, 8, 15, 2, 35, 6),
                fingerprint: 'DE:01:CF:EC:7C:A7:98:CB:D8:6E:FB:1D:97:EB:A9:64:1D:4E:00:00',
                validStartDate: Date.UTC(2023, 3, 12, 10, 14, 51),
                validEndDate: Date.UTC(2048, 4, 4, 10, 14, 51),
              },
            },
            {
              domain: 'www.example.org',
              lastModified: Date.UTC(2021, 8, 15, 2, 34, 58),
              status: 'Enabled',
            },
          ],
        },
      },
    ],
  },
  CreateCnameToken: {
    requests: [
      {
        source: 'operations reference T1-55',
        wire: post('token', domainOnly),
        input: { domain: 'img.example.com' },
      },
    ],
    responses: tokens('operations reference T1-55'),
  },
  GetCnameToken: {
    requests: [
      {
        source: 'oss2 2.19.1 (Python), get_bucket_cname_token(domain)',
        wire: { method: 'GET', target: '/bucket-1/?cname=img.example.com&comp=token' },
        input: { domain: 'img.example.com' },
      },
    ],
    responses: tokens('operations reference T1-56'),
  },
};
