// The handlers of operations on the service: a line for each.
export { deletePublicAccessBlockHandler } from './delete-public-access-block.ts';
export { getPublicAccessBlockHandler } from './get-public-access-block.ts';
export { listBucketsHandler } from './list-buckets.ts';
export { putPublicAccessBlockHandler } from './put-public-access-block.ts';
