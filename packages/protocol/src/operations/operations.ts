// Every definition under its name, for what walks over all of them: tests, tables, documentation. The
// client imports single definitions, never this record, so that a bundle holds what it uses.
import { deleteBucket } from './bucket/delete-bucket.ts';
import { getBucketInfo } from './bucket/get-bucket-info.ts';
import { getBucketLocation } from './bucket/get-bucket-location.ts';
import { headBucket } from './bucket/head-bucket.ts';
import { listObjects } from './bucket/list-objects.ts';
import { listObjectsV2 } from './bucket/list-objects-v2.ts';
import { putBucket } from './bucket/put-bucket.ts';
import type { OperationName } from './names.ts';
import { deleteObject } from './object/delete-object.ts';
import { getObject } from './object/get-object.ts';
import { getObjectMeta } from './object/get-object-meta.ts';
import { headObject } from './object/head-object.ts';
import { putObject } from './object/put-object.ts';
import { listBuckets } from './service/list-buckets.ts';

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
};
