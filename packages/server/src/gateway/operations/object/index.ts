// The handlers of operations on one object: a line for each.
export { deleteObjectHandler } from './delete-object.ts';
export { getObjectHandler } from './get-object.ts';
export { getObjectAclHandler } from './get-object-acl.ts';
export { getObjectMetaHandler } from './get-object-meta.ts';
export { headObjectHandler } from './head-object.ts';
export { optionObjectHandler } from './option-object.ts';
export { putObjectHandler } from './put-object.ts';
export { putObjectAclHandler } from './put-object-acl.ts';
