// What is asked of a bucket: one line an operation. Whatever its file exports is public, and the
// only values are definitions: `OperationName` and `subResources` are read off this list.
export * from './create-cname-token.ts';
export * from './delete-bucket.ts';
export * from './delete-bucket-cors.ts';
export * from './delete-bucket-public-access-block.ts';
export * from './delete-cname.ts';
export * from './get-bucket-acl.ts';
export * from './get-bucket-cors.ts';
export * from './get-bucket-info.ts';
export * from './get-bucket-location.ts';
export * from './get-bucket-public-access-block.ts';
export * from './get-bucket-versioning.ts';
export * from './get-cname-token.ts';
export * from './head-bucket.ts';
export * from './list-cname.ts';
export * from './list-object-versions.ts';
export * from './list-objects.ts';
export * from './list-objects-v2.ts';
export * from './option-bucket.ts';
export * from './put-bucket.ts';
export * from './put-bucket-acl.ts';
export * from './put-bucket-cors.ts';
export * from './put-bucket-public-access-block.ts';
export * from './put-bucket-versioning.ts';
export * from './put-cname.ts';
