// Every definition under its name, for what walks over all of them: tests, tables, documentation. The
// client imports single definitions, never this record, so that a bundle holds what it uses.

import { createCnameToken } from './bucket/create-cname-token.ts';
import { deleteBucket } from './bucket/delete-bucket.ts';
import { deleteBucketCors } from './bucket/delete-bucket-cors.ts';
import { deleteBucketPublicAccessBlock } from './bucket/delete-bucket-public-access-block.ts';
import { deleteCname } from './bucket/delete-cname.ts';
import { getBucketAcl } from './bucket/get-bucket-acl.ts';
import { getBucketCors } from './bucket/get-bucket-cors.ts';
import { getBucketInfo } from './bucket/get-bucket-info.ts';
import { getBucketLocation } from './bucket/get-bucket-location.ts';
import { getBucketPublicAccessBlock } from './bucket/get-bucket-public-access-block.ts';
import { getBucketVersioning } from './bucket/get-bucket-versioning.ts';
import { getCnameToken } from './bucket/get-cname-token.ts';
import { headBucket } from './bucket/head-bucket.ts';
import { listCname } from './bucket/list-cname.ts';
import { listObjectVersions } from './bucket/list-object-versions.ts';
import { listObjects } from './bucket/list-objects.ts';
import { listObjectsV2 } from './bucket/list-objects-v2.ts';
import { optionBucket } from './bucket/option-bucket.ts';
import { putBucket } from './bucket/put-bucket.ts';
import { putBucketAcl } from './bucket/put-bucket-acl.ts';
import { putBucketCors } from './bucket/put-bucket-cors.ts';
import { putBucketPublicAccessBlock } from './bucket/put-bucket-public-access-block.ts';
import { putBucketVersioning } from './bucket/put-bucket-versioning.ts';
import { putCname } from './bucket/put-cname.ts';
import type { OperationName } from './names.ts';
import { deleteObject } from './object/delete-object.ts';
import { getObject } from './object/get-object.ts';
import { getObjectAcl } from './object/get-object-acl.ts';
import { getObjectMeta } from './object/get-object-meta.ts';
import { headObject } from './object/head-object.ts';
import { optionObject } from './object/option-object.ts';
import { putObject } from './object/put-object.ts';
import { putObjectAcl } from './object/put-object-acl.ts';
import { deletePublicAccessBlock } from './service/delete-public-access-block.ts';
import { getPublicAccessBlock } from './service/get-public-access-block.ts';
import { listBuckets } from './service/list-buckets.ts';
import { putPublicAccessBlock } from './service/put-public-access-block.ts';

export interface Operations {
  readonly ListBuckets: typeof listBuckets;
  readonly PutBucket: typeof putBucket;
  readonly HeadBucket: typeof headBucket;
  readonly DeleteBucket: typeof deleteBucket;
  readonly GetBucketInfo: typeof getBucketInfo;
  readonly GetBucketLocation: typeof getBucketLocation;
  readonly ListObjects: typeof listObjects;
  readonly ListObjectsV2: typeof listObjectsV2;
  readonly PutObject: typeof putObject;
  readonly GetObject: typeof getObject;
  readonly HeadObject: typeof headObject;
  readonly GetObjectMeta: typeof getObjectMeta;
  readonly DeleteObject: typeof deleteObject;
  readonly PutBucketVersioning: typeof putBucketVersioning;
  readonly GetBucketVersioning: typeof getBucketVersioning;
  readonly ListObjectVersions: typeof listObjectVersions;
  readonly PutBucketAcl: typeof putBucketAcl;
  readonly GetBucketAcl: typeof getBucketAcl;
  readonly PutObjectAcl: typeof putObjectAcl;
  readonly GetObjectAcl: typeof getObjectAcl;
  readonly PutBucketPublicAccessBlock: typeof putBucketPublicAccessBlock;
  readonly GetBucketPublicAccessBlock: typeof getBucketPublicAccessBlock;
  readonly DeleteBucketPublicAccessBlock: typeof deleteBucketPublicAccessBlock;
  readonly PutPublicAccessBlock: typeof putPublicAccessBlock;
  readonly GetPublicAccessBlock: typeof getPublicAccessBlock;
  readonly DeletePublicAccessBlock: typeof deletePublicAccessBlock;
  readonly PutCname: typeof putCname;
  readonly DeleteCname: typeof deleteCname;
  readonly ListCname: typeof listCname;
  readonly CreateCnameToken: typeof createCnameToken;
  readonly GetCnameToken: typeof getCnameToken;
  readonly PutBucketCors: typeof putBucketCors;
  readonly GetBucketCors: typeof getBucketCors;
  readonly DeleteBucketCors: typeof deleteBucketCors;
  readonly OptionObject: typeof optionObject;
  readonly OptionBucket: typeof optionBucket;
}

// The second type makes a forgotten operation, or one under another's name, fail to compile.
export const operations: Operations & {
  readonly [Name in OperationName]: { readonly name: Name };
} = {
  ListBuckets: listBuckets,
  PutBucket: putBucket,
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketInfo: getBucketInfo,
  GetBucketLocation: getBucketLocation,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  GetObjectMeta: getObjectMeta,
  DeleteObject: deleteObject,
  PutBucketVersioning: putBucketVersioning,
  GetBucketVersioning: getBucketVersioning,
  ListObjectVersions: listObjectVersions,
  PutBucketAcl: putBucketAcl,
  GetBucketAcl: getBucketAcl,
  PutObjectAcl: putObjectAcl,
  GetObjectAcl: getObjectAcl,
  PutBucketPublicAccessBlock: putBucketPublicAccessBlock,
  GetBucketPublicAccessBlock: getBucketPublicAccessBlock,
  DeleteBucketPublicAccessBlock: deleteBucketPublicAccessBlock,
  PutPublicAccessBlock: putPublicAccessBlock,
  GetPublicAccessBlock: getPublicAccessBlock,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  PutCname: putCname,
  DeleteCname: deleteCname,
  ListCname: listCname,
  CreateCnameToken: createCnameToken,
  GetCnameToken: getCnameToken,
  PutBucketCors: putBucketCors,
  GetBucketCors: getBucketCors,
  DeleteBucketCors: deleteBucketCors,
  OptionObject: optionObject,
  OptionBucket: optionBucket,
};
