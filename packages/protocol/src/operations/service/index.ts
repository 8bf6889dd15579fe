// What is asked of the account: one line an operation. Whatever its file exports is public, and the
// only values are definitions: `OperationName` and `subResources` are read off this list.
export * from './delete-public-access-block.ts';
export * from './get-public-access-block.ts';
export * from './list-buckets.ts';
export * from './put-public-access-block.ts';
