// Every operation of this version with its handler. A record over the operations' names: one without
// a handler, or with another's, does not compile.
import type { OperationName } from '@osskeep/protocol';
import type { Handler } from './handler.ts';
import { deleteBucketHandler } from './operations/bucket/delete-bucket.ts';
import { getBucketInfoHandler } from './operations/bucket/get-bucket-info.ts';
import { getBucketLocationHandler } from './operations/bucket/get-bucket-location.ts';
import { headBucketHandler } from './operations/bucket/head-bucket.ts';
import { listObjectsHandler } from './operations/bucket/list-objects.ts';
import { listObjectsV2Handler } from './operations/bucket/list-objects-v2.ts';
import { putBucketHandler } from './operations/bucket/put-bucket.ts';
import { deleteObjectHandler } from './operations/object/delete-object.ts';
import { getObjectHandler } from './operations/object/get-object.ts';
import { getObjectMetaHandler } from './operations/object/get-object-meta.ts';
import { headObjectHandler } from './operations/object/head-object.ts';
import { putObjectHandler } from './operations/object/put-object.ts';
import { listBucketsHandler } from './operations/service/list-buckets.ts';

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
};
