// The operations that put, get and delete configuration documents of a bucket: a line for each.
import {
  deleteBucketCors,
  deleteBucketPublicAccessBlock,
  getBucketCors,
  getBucketPublicAccessBlock,
  putBucketCors,
  putBucketPublicAccessBlock,
} from '@osskeep/protocol';
import { deleteDocument, getDocument, putDocument, refusedAs } from '../document-handlers.ts';

export const putBucketCorsHandler = putDocument(putBucketCors, 'oss:PutBucketCors', 'cors');
export const getBucketCorsHandler = getDocument(
  getBucketCors,
  'oss:GetBucketCors',
  'cors',
  refusedAs('NoSuchCORSConfiguration'),
);
export const deleteBucketCorsHandler = deleteDocument(
  deleteBucketCors,
  'oss:DeleteBucketCors',
  'cors',
);

export const putBucketPublicAccessBlockHandler = putDocument(
  putBucketPublicAccessBlock,
  'oss:PutBucketPublicAccessBlock',
  'publicAccessBlock',
  ({ blockPublicAccess }) => ({ enabled: blockPublicAccess }),
);
export const getBucketPublicAccessBlockHandler = getDocument(
  getBucketPublicAccessBlock,
  'oss:GetBucketPublicAccessBlock',
  'publicAccessBlock',
  (bucket) => ({ blockPublicAccess: bucket.ownPublicAccessBlock }),
  ({ enabled }) => ({ blockPublicAccess: enabled }),
);
/** Off from then on, not the server's default again (operations reference T1-73). */
export const deleteBucketPublicAccessBlockHandler = putDocument(
  deleteBucketPublicAccessBlock,
  'oss:DeleteBucketPublicAccessBlock',
  'publicAccessBlock',
  () => ({ enabled: false }),
);
