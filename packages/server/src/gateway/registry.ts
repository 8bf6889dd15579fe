// Every operation of this version with its handler. A record over the operations' names: one without
// a handler, or with another's, does not compile.
import type { OperationName } from '@osskeep/protocol';
import type { Handler } from './handler.ts';
import { createCnameTokenHandler } from './operations/bucket/create-cname-token.ts';
import { deleteBucketHandler } from './operations/bucket/delete-bucket.ts';
import { deleteBucketCorsHandler } from './operations/bucket/delete-bucket-cors.ts';
import { deleteBucketPublicAccessBlockHandler } from './operations/bucket/delete-bucket-public-access-block.ts';
import { deleteCnameHandler } from './operations/bucket/delete-cname.ts';
import { getBucketAclHandler } from './operations/bucket/get-bucket-acl.ts';
import { getBucketCorsHandler } from './operations/bucket/get-bucket-cors.ts';
import { getBucketInfoHandler } from './operations/bucket/get-bucket-info.ts';
import { getBucketLocationHandler } from './operations/bucket/get-bucket-location.ts';
import { getBucketPublicAccessBlockHandler } from './operations/bucket/get-bucket-public-access-block.ts';
import { getBucketVersioningHandler } from './operations/bucket/get-bucket-versioning.ts';
import { getCnameTokenHandler } from './operations/bucket/get-cname-token.ts';
import { headBucketHandler } from './operations/bucket/head-bucket.ts';
import { listCnameHandler } from './operations/bucket/list-cname.ts';
import { listObjectVersionsHandler } from './operations/bucket/list-object-versions.ts';
import { listObjectsHandler } from './operations/bucket/list-objects.ts';
import { listObjectsV2Handler } from './operations/bucket/list-objects-v2.ts';
import { optionBucketHandler } from './operations/bucket/option-bucket.ts';
import { putBucketHandler } from './operations/bucket/put-bucket.ts';
import { putBucketAclHandler } from './operations/bucket/put-bucket-acl.ts';
import { putBucketCorsHandler } from './operations/bucket/put-bucket-cors.ts';
import { putBucketPublicAccessBlockHandler } from './operations/bucket/put-bucket-public-access-block.ts';
import { putBucketVersioningHandler } from './operations/bucket/put-bucket-versioning.ts';
import { putCnameHandler } from './operations/bucket/put-cname.ts';
import { deleteObjectHandler } from './operations/object/delete-object.ts';
import { getObjectHandler } from './operations/object/get-object.ts';
import { getObjectAclHandler } from './operations/object/get-object-acl.ts';
import { getObjectMetaHandler } from './operations/object/get-object-meta.ts';
import { headObjectHandler } from './operations/object/head-object.ts';
import { optionObjectHandler } from './operations/object/option-object.ts';
import { putObjectHandler } from './operations/object/put-object.ts';
import { putObjectAclHandler } from './operations/object/put-object-acl.ts';
import { deletePublicAccessBlockHandler } from './operations/service/delete-public-access-block.ts';
import { getPublicAccessBlockHandler } from './operations/service/get-public-access-block.ts';
import { listBucketsHandler } from './operations/service/list-buckets.ts';
import { putPublicAccessBlockHandler } from './operations/service/put-public-access-block.ts';

type Registry = { readonly [Name in OperationName]: Handler<Name> };

export const registry: Registry = {
  ListBuckets: listBucketsHandler,
  PutBucket: putBucketHandler,
  HeadBucket: headBucketHandler,
  DeleteBucket: deleteBucketHandler,
  GetBucketInfo: getBucketInfoHandler,
  GetBucketLocation: getBucketLocationHandler,
  ListObjects: listObjectsHandler,
  ListObjectsV2: listObjectsV2Handler,
  PutObject: putObjectHandler,
  GetObject: getObjectHandler,
  HeadObject: headObjectHandler,
  GetObjectMeta: getObjectMetaHandler,
  DeleteObject: deleteObjectHandler,
  PutBucketVersioning: putBucketVersioningHandler,
  GetBucketVersioning: getBucketVersioningHandler,
  ListObjectVersions: listObjectVersionsHandler,
  PutBucketAcl: putBucketAclHandler,
  GetBucketAcl: getBucketAclHandler,
  PutBucketPublicAccessBlock: putBucketPublicAccessBlockHandler,
  GetBucketPublicAccessBlock: getBucketPublicAccessBlockHandler,
  DeleteBucketPublicAccessBlock: deleteBucketPublicAccessBlockHandler,
  PutPublicAccessBlock: putPublicAccessBlockHandler,
  GetPublicAccessBlock: getPublicAccessBlockHandler,
  DeletePublicAccessBlock: deletePublicAccessBlockHandler,
  PutBucketCors: putBucketCorsHandler,
  GetBucketCors: getBucketCorsHandler,
  DeleteBucketCors: deleteBucketCorsHandler,
  OptionBucket: optionBucketHandler,
  OptionObject: optionObjectHandler,
  PutObjectAcl: putObjectAclHandler,
  GetObjectAcl: getObjectAclHandler,
  PutCname: putCnameHandler,
  ListCname: listCnameHandler,
  DeleteCname: deleteCnameHandler,
  CreateCnameToken: createCnameTokenHandler,
  GetCnameToken: getCnameTokenHandler,
};
