export { checkBucketName, isBucketName } from './bucket-name.ts';
export { checkObjectKey, objectKeyBytesMax } from './object-key.ts';
export { normalizeRegion, regionLocation } from './region.ts';
