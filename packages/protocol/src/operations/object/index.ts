// What is asked of an object: one line an operation. Whatever its file exports is public, and the
// only values are definitions: `OperationName` and `subResources` are read off this list.
export * from './delete-object.ts';
export * from './get-object.ts';
export * from './get-object-acl.ts';
export * from './get-object-meta.ts';
export * from './head-object.ts';
export * from './option-object.ts';
export * from './put-object.ts';
export * from './put-object-acl.ts';
