// Query names that a V1 signature covers: the union over the official SDKs, and every `x-oss-*`
// (signing reference §3.2). What is not here is left unsigned by every SDK.

const names =
  'accessPoint accessPointConfigForObjectProcess accessPointForObjectProcess accessPointPolicy ' +
  'accessPointPolicyForObjectProcess acl append asyncFetch bucketArchiveDirectRead bucketInfo ' +
  'callback callback-var cleanRestoredObject cloudboxes cname comp continuation-token cors ' +
  'dataPipeline delete encryption endTime group httpsConfig img inventory inventoryId legalHold ' +
  'lifecycle link live location logging metaQuery objectInfo objectMeta objectWorm ' +
  'overwriteConfig partNumber policy policyStatus position processConfiguration ' +
  'publicAccessBlock qos qosInfo qosRequester redundancyTransition referer regionList ' +
  'replication replicationLocation replicationProgress requestPayment requesterQosInfo ' +
  'resourceGroup resourcePool resourcePoolBuckets resourcePoolInfo response-cache-control ' +
  'response-content-disposition response-content-encoding response-content-language ' +
  'response-content-type response-expires responseHeader restore retention rtc seal ' +
  'security-token sequential startTime stat status style styleName symlink tagging ' +
  'transferAcceleration udf udfApplication udfApplicationLog udfId udfImage udfImageDesc udfName ' +
  'uploadId uploads userDefinedLogFieldsConfig versionId versioning versions vip vod vpcip ' +
  'website withHashContext worm wormExtend wormId';

const signed: ReadonlySet<string> = new Set(names.split(' '));

export function isSignedParameterV1(name: string): boolean {
  return signed.has(name) || name.startsWith('x-oss-');
}
