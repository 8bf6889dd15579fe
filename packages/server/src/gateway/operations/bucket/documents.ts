// The operations that put, get and delete configuration documents of a bucket: a line for each.
import {
  deleteBucketCors,
  deleteBucketPublicAccessBlock,
  deleteBucketTags,
  getBucketCors,
  getBucketPublicAccessBlock,
  getBucketTags,
  putBucketCors,
  putBucketPublicAccessBlock,
  putBucketTags,
} from '@osskeep/protocol';
import {
  asItIs,
  changeDocument,
  deleteDocument,
  getDocument,
  putDocument,
  refusedAs,
} from '../document-handlers.ts';

export const putBucketCorsHandler = putDocument(putBucketCors, 'oss:PutBucketCors', 'cors', asItIs);
export const getBucketCorsHandler = getDocument(
  getBucketCors,
  'oss:GetBucketCors',
  'cors',
  refusedAs('NoSuchCORSConfiguration'),
  asItIs,
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

export const putBucketTagsHandler = putDocument(
  putBucketTags,
  'oss:PutBucketTagging',
  'tags',
  asItIs,
);
export const getBucketTagsHandler = getDocument(
  getBucketTags,
  'oss:GetBucketTagging',
  'tags',
  () => ({ tags: [] }),
  asItIs,
);
/** All of them, or those that are named. */
export const deleteBucketTagsHandler = changeDocument(
  deleteBucketTags,
  'oss:DeleteBucketTagging',
  'tags',
  ({ keys }, { tags }) => {
    const left = keys === undefined ? [] : tags.filter(({ key }) => !keys.includes(key));
    if (left.length === tags.length) return 'unchanged';
    return left.length === 0 ? undefined : { tags: left };
  },
);
