// Names: buckets, keys, regions, hosts, URIs.
export { checkBucketName, isBucketName } from './bucket-name.ts';
export { isDomainName } from './domain-name.ts';
export {
  extranetHost,
  type HostName,
  intranetHost,
  isIpAddress,
  parseHost,
} from './host-name.ts';
export { checkObjectKey, keyBytesMax, utf8Length } from './object-key.ts';
export { isRegionId, normalizeRegion, regionLocation } from './region.ts';
