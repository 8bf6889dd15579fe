// Golden bytes of ACLs and of the public access block.
import { declaration, type Golden, type GoldenRecord, versionId, xml } from './golden.ts';

const policy = (grant: string): string =>
  `${declaration}<AccessControlPolicy><Owner><ID>1234567890</ID><DisplayName>alice</DisplayName>` +
  `</Owner><AccessControlList><Grant>${grant}</Grant></AccessControlList></AccessControlPolicy>`;
const owner = { id: '1234567890', displayName: 'alice' };

const block = (value: boolean): string =>
  `${declaration}<PublicAccessBlockConfiguration><BlockPublicAccess>${value}</BlockPublicAccess>` +
  '</PublicAccessBlockConfiguration>';

type Nothing = Record<never, never>;
type Block = { blockPublicAccess: boolean };

const putBlock = (source: string): Golden<Block, Nothing> => ({
  requests: [
    {
      source,
      wire: { method: 'PUT', target: '/?publicAccessBlock=', headers: xml, body: block(true) },
      input: { blockPublicAccess: true },
    },
  ],
  responses: [{ source, wire: { status: 200 }, output: {} }],
});

const getBlock = (source: string): Golden<Nothing, Block> => ({
  requests: [{ source, wire: { method: 'GET', target: '/?publicAccessBlock=' }, input: {} }],
  responses: [
    {
      source,
      wire: { status: 200, headers: xml, body: block(false) },
      output: { blockPublicAccess: false },
    },
  ],
});

const deleteBlock = (source: string): Golden<Nothing, Nothing> => ({
  requests: [{ source, wire: { method: 'DELETE', target: '/?publicAccessBlock=' }, input: {} }],
  responses: [{ source, wire: { status: 204 }, output: {} }],
});

export const access: Pick<
  GoldenRecord,
  | 'PutBucketAcl'
  | 'GetBucketAcl'
  | 'PutObjectAcl'
  | 'GetObjectAcl'
  | 'PutBucketPublicAccessBlock'
  | 'GetBucketPublicAccessBlock'
  | 'DeleteBucketPublicAccessBlock'
  | 'PutPublicAccessBlock'
  | 'GetPublicAccessBlock'
  | 'DeletePublicAccessBlock'
> = {
  PutBucketAcl: {
    requests: [
      {
        source: "ali-oss 6.23.0, putBucketACL(name, 'public-read')",
        wire: { method: 'PUT', target: '/?acl=', headers: { 'x-oss-acl': 'public-read' } },
        input: { acl: 'public-read' },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-08: ali-oss reads the name of the bucket from Location',
        wire: { status: 200, headers: { location: '/examplebucket' } },
        output: { location: '/examplebucket' },
      },
    ],
  },
  GetBucketAcl: {
    requests: [
      {
        source: 'ali-oss 6.23.0, getBucketACL(name)',
        wire: { method: 'GET', target: '/?acl=' },
        input: {},
      },
    ],
    responses: [
      {
        source: 'operations reference T0-09',
        wire: { status: 200, headers: xml, body: policy('public-read-write') },
        output: { owner, grant: 'public-read-write' },
      },
    ],
  },
  PutObjectAcl: {
    requests: [
      {
        source: "ali-oss 6.23.0, putACL(key, 'public-read', { versionId })",
        wire: {
          method: 'PUT',
          target: '/key0?acl=&versionId=null',
          headers: { 'x-oss-object-acl': 'public-read' },
        },
        input: { acl: 'public-read', versionId: 'null' },
      },
    ],
    responses: [
      { source: 'operations reference T0-23', wire: { status: 200 }, output: {} },
      {
        source: 'operations reference T0-23: versioned',
        wire: { status: 200, headers: { 'x-oss-version-id': versionId } },
        output: { versionId },
      },
    ],
  },
  GetObjectAcl: {
    requests: [
      {
        source: 'ali-oss 6.23.0, getACL(key, { versionId })',
        wire: { method: 'GET', target: '/key0?acl=&versionId=null' },
        input: { versionId: 'null' },
      },
    ],
    responses: [
      {
        source: 'operations reference T0-24, §3.10: an object without an ACL of its own',
        wire: { status: 200, headers: xml, body: policy('default') },
        output: { owner, grant: 'default' },
      },
      {
        source: 'operations reference T0-24: versioned',
        wire: {
          status: 200,
          headers: { ...xml, 'x-oss-version-id': versionId },
          body: policy('private'),
        },
        output: { owner, grant: 'private', versionId },
      },
    ],
  },
  PutBucketPublicAccessBlock: putBlock('operations reference T1-72'),
  GetBucketPublicAccessBlock: getBlock('operations reference T1-73'),
  DeleteBucketPublicAccessBlock: deleteBlock('operations reference T1-74'),
  PutPublicAccessBlock: putBlock('operations reference T1-75'),
  GetPublicAccessBlock: getBlock('operations reference T1-76'),
  DeletePublicAccessBlock: deleteBlock('operations reference T1-77'),
};
