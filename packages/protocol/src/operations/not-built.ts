// Operations that exist in OSS and not here yet. They have routes all the same, so that a request for
// one answers NotImplemented by name and never falls through to a neighbour (choices row 21). Whoever
// builds one deletes its row. Names and routes: operations reference §4 to §6. An operation with two
// shapes has an entry for each.
// Left out: RTMP, and tables, whose paths only the signing product tells from buckets and keys; of
// vectors only what no operation of object storage shares.
import type { Level, Method, Route } from './definition/operation.ts';

type Query = NonNullable<Route['query']>;

/** `'cname'`, or `'cname comp=add'`: names that must be there, some with a value. */
function at(on: Level, method: Method, words: string, header?: string): Route {
  const query: Record<string, string | true> = {};
  for (const word of words.split(' ').filter((part) => part !== '')) {
    const [name, value] = word.split('=') as [string, string?];
    query[name] = value ?? true;
  }
  const given: Query | undefined = words === '' ? undefined : query;
  return {
    method,
    on,
    ...(given === undefined ? {} : { query: given }),
    ...(header === undefined ? {} : { header }),
  };
}

const onService = (method: Method, words: string): Route => at('service', method, words);
const onBucket = (method: Method, words: string, header?: string): Route =>
  at('bucket', method, words, header);
const onObject = (method: Method, words: string, header?: string): Route =>
  at('object', method, words, header);

const copySource = 'x-oss-copy-source';
const accessPointName = 'x-oss-access-point-name';
const processingPointName = 'x-oss-access-point-for-object-process-name';

/** One table, so that a name that stands here twice does not compile. */
export const notBuiltOperations: Readonly<Record<string, Route>> = {
  // Operations reference §4: the core data path.
  GetBucketStat: onBucket('GET', 'stat'),
  CopyObject: onObject('PUT', '', copySource),
  AppendObject: onObject('POST', 'append'),
  DeleteMultipleObjects: onBucket('POST', 'delete'),
  InitiateMultipartUpload: onObject('POST', 'uploads'),
  UploadPart: onObject('PUT', 'partNumber uploadId'),
  UploadPartCopy: onObject('PUT', 'partNumber uploadId', copySource),
  CompleteMultipartUpload: onObject('POST', 'uploadId'),
  AbortMultipartUpload: onObject('DELETE', 'uploadId'),
  ListMultipartUploads: onBucket('GET', 'uploads'),
  ListParts: onObject('GET', 'uploadId'),

  // Operations reference §5.1.
  PutObjectTagging: onObject('PUT', 'tagging'),
  GetObjectTagging: onObject('GET', 'tagging'),
  DeleteObjectTagging: onObject('DELETE', 'tagging'),
  PutSymlink: onObject('PUT', 'symlink'),
  GetSymlink: onObject('GET', 'symlink'),
  RestoreObject: onObject('POST', 'restore'),
  CleanRestoredObject: onObject('POST', 'cleanRestoredObject'),
  PostObject: onBucket('POST', ''),
  ImageProcess: onObject('GET', 'x-oss-process'),
  ProcessObject: onObject('POST', 'x-oss-process'),
  SealAppendObject: onObject('POST', 'seal'),
  PutObjectRetention: onObject('PUT', 'retention'),
  GetObjectRetention: onObject('GET', 'retention'),
  PutObjectLegalHold: onObject('PUT', 'legalHold'),
  GetObjectLegalHold: onObject('GET', 'legalHold'),

  // Operations reference §5.2, tags to worm.
  PutBucketLifecycle: onBucket('PUT', 'lifecycle'),
  GetBucketLifecycle: onBucket('GET', 'lifecycle'),
  DeleteBucketLifecycle: onBucket('DELETE', 'lifecycle'),
  PutBucketWebsite: onBucket('PUT', 'website'),
  GetBucketWebsite: onBucket('GET', 'website'),
  DeleteBucketWebsite: onBucket('DELETE', 'website'),
  PutBucketReferer: onBucket('PUT', 'referer'),
  GetBucketReferer: onBucket('GET', 'referer'),
  PutBucketLogging: onBucket('PUT', 'logging'),
  GetBucketLogging: onBucket('GET', 'logging'),
  DeleteBucketLogging: onBucket('DELETE', 'logging'),
  PutUserDefinedLogFieldsConfig: onBucket('PUT', 'userDefinedLogFieldsConfig'),
  GetUserDefinedLogFieldsConfig: onBucket('GET', 'userDefinedLogFieldsConfig'),
  DeleteUserDefinedLogFieldsConfig: onBucket('DELETE', 'userDefinedLogFieldsConfig'),
  PutBucketPolicy: onBucket('PUT', 'policy'),
  GetBucketPolicy: onBucket('GET', 'policy'),
  DeleteBucketPolicy: onBucket('DELETE', 'policy'),
  GetBucketPolicyStatus: onBucket('GET', 'policyStatus'),
  PutBucketEncryption: onBucket('PUT', 'encryption'),
  GetBucketEncryption: onBucket('GET', 'encryption'),
  DeleteBucketEncryption: onBucket('DELETE', 'encryption'),
  InitiateBucketWorm: onBucket('POST', 'worm'),
  AbortBucketWorm: onBucket('DELETE', 'worm'),
  CompleteBucketWorm: onBucket('POST', 'wormId'),
  ExtendBucketWorm: onBucket('POST', 'wormId wormExtend'),
  GetBucketWorm: onBucket('GET', 'worm'),
  PutBucketObjectWormConfiguration: onBucket('PUT', 'objectWorm'),
  GetBucketObjectWormConfiguration: onBucket('GET', 'objectWorm'),

  // Operations reference §5.2, custom domains to styles.
  PutBucketRequestPayment: onBucket('PUT', 'requestPayment'),
  GetBucketRequestPayment: onBucket('GET', 'requestPayment'),
  PutBucketTransferAcceleration: onBucket('PUT', 'transferAcceleration'),
  GetBucketTransferAcceleration: onBucket('GET', 'transferAcceleration'),
  DeleteBucketTransferAcceleration: onBucket('DELETE', 'transferAcceleration'),
  PutBucketInventory: onBucket('PUT', 'inventory inventoryId'),
  GetBucketInventory: onBucket('GET', 'inventory inventoryId'),
  ListBucketInventory: onBucket('GET', 'inventory'),
  DeleteBucketInventory: onBucket('DELETE', 'inventory inventoryId'),
  PutBucketAccessMonitor: onBucket('PUT', 'accessmonitor'),
  GetBucketAccessMonitor: onBucket('GET', 'accessmonitor'),
  PutBucketArchiveDirectRead: onBucket('PUT', 'bucketArchiveDirectRead'),
  GetBucketArchiveDirectRead: onBucket('GET', 'bucketArchiveDirectRead'),
  PutBucketHttpsConfig: onBucket('PUT', 'httpsConfig'),
  GetBucketHttpsConfig: onBucket('GET', 'httpsConfig'),
  PutBucketResourceGroup: onBucket('PUT', 'resourceGroup'),
  GetBucketResourceGroup: onBucket('GET', 'resourceGroup'),
  PutStyle: onBucket('PUT', 'style styleName'),
  GetStyle: onBucket('GET', 'style styleName'),
  ListStyle: onBucket('GET', 'style'),
  DeleteStyle: onBucket('DELETE', 'style styleName'),

  // Operations reference §5.2, replication to the end.
  PutBucketReplication: onBucket('POST', 'replication comp=add'),
  DeleteBucketReplication: onBucket('POST', 'replication comp=delete'),
  GetBucketReplication: onBucket('GET', 'replication'),
  GetBucketReplicationLocation: onBucket('GET', 'replicationLocation'),
  GetBucketReplicationProgress: onBucket('GET', 'replicationProgress'),
  PutBucketRtc: onBucket('PUT', 'rtc'),
  CreateBucketDataRedundancyTransition: onBucket('POST', 'redundancyTransition'),
  GetBucketDataRedundancyTransition: onBucket(
    'GET',
    'redundancyTransition x-oss-redundancy-transition-taskid',
  ),
  DeleteBucketDataRedundancyTransition: onBucket('DELETE', 'redundancyTransition'),
  ListBucketDataRedundancyTransition: onBucket('GET', 'redundancyTransition'),
  ListUserDataRedundancyTransition: onService('GET', 'redundancyTransition'),
  PutBucketOverwriteConfig: onBucket('PUT', 'overwriteConfig'),
  GetBucketOverwriteConfig: onBucket('GET', 'overwriteConfig'),
  DeleteBucketOverwriteConfig: onBucket('DELETE', 'overwriteConfig'),
  DescribeRegions: onService('GET', 'regions'),
  PutBucketResponseHeader: onBucket('PUT', 'responseHeader'),
  GetBucketResponseHeader: onBucket('GET', 'responseHeader'),
  DeleteBucketResponseHeader: onBucket('DELETE', 'responseHeader'),
  PutBucketStorageCapacity: onBucket('PUT', 'qos'),
  GetBucketStorageCapacity: onBucket('GET', 'qos'),
  PutBucketCallbackPolicy: onBucket('PUT', 'policy comp=callback'),
  GetBucketCallbackPolicy: onBucket('GET', 'policy comp=callback'),
  DeleteBucketCallbackPolicy: onBucket('DELETE', 'policy comp=callback'),

  // Operations reference §6, queries over metadata.
  ListCloudBoxes: onService('GET', 'cloudboxes'),
  OpenMetaQuery: { ...onBucket('POST', 'metaQuery comp=add'), over: true },
  CloseMetaQuery: { ...onBucket('POST', 'metaQuery comp=delete'), over: true },
  GetMetaQueryStatus: onBucket('GET', 'metaQuery'),
  DoMetaQuery: { ...onBucket('POST', 'metaQuery comp=query'), over: true },
  DoMetaQueryAction: onBucket('POST', 'metaQuery action'),
  CreateDataset: onBucket('POST', 'metaQuery action=createDataset'),
  GetDataset: onBucket('POST', 'metaQuery action=getDataset'),
  UpdateDataset: onBucket('POST', 'metaQuery action=updateDataset'),
  DeleteDataset: onBucket('POST', 'metaQuery action=deleteDataset'),
  ListDatasets: onBucket('POST', 'metaQuery action=listDatasets'),
  SimpleQuery: onBucket('POST', 'metaQuery action=simpleQuery'),
  SemanticQuery: onBucket('POST', 'metaQuery action=semanticQuery'),
  DoDataPipeLineAction: onService('POST', 'dataPipeline'),

  // Operations reference §6, access points.
  CreateAccessPoint: onBucket('PUT', 'accessPoint'),
  GetAccessPoint: onBucket('GET', 'accessPoint', accessPointName),
  DeleteAccessPoint: onBucket('DELETE', 'accessPoint'),
  ListAccessPoints: onService('GET', 'accessPoint'),
  ListBucketAccessPoints: onBucket('GET', 'accessPoint'),
  PutAccessPointPolicy: onBucket('PUT', 'accessPointPolicy'),
  GetAccessPointPolicy: onBucket('GET', 'accessPointPolicy'),
  DeleteAccessPointPolicy: onBucket('DELETE', 'accessPointPolicy'),
  PutAccessPointPublicAccessBlock: onBucket('PUT', `publicAccessBlock ${accessPointName}`),
  GetAccessPointPublicAccessBlock: onBucket('GET', `publicAccessBlock ${accessPointName}`),
  DeleteAccessPointPublicAccessBlock: onBucket('DELETE', `publicAccessBlock ${accessPointName}`),
  CreateAccessPointForObjectProcess: onBucket('PUT', 'accessPointForObjectProcess'),
  GetAccessPointForObjectProcess: onBucket(
    'GET',
    'accessPointForObjectProcess',
    processingPointName,
  ),
  DeleteAccessPointForObjectProcess: onBucket('DELETE', 'accessPointForObjectProcess'),
  ListAccessPointsForObjectProcess: onService('GET', 'accessPointForObjectProcess'),
  PutAccessPointConfigForObjectProcess: onBucket('PUT', 'accessPointConfigForObjectProcess'),
  GetAccessPointConfigForObjectProcess: onBucket('GET', 'accessPointConfigForObjectProcess'),
  PutAccessPointPolicyForObjectProcess: onBucket('PUT', 'accessPointPolicyForObjectProcess'),
  GetAccessPointPolicyForObjectProcess: onBucket('GET', 'accessPointPolicyForObjectProcess'),
  DeleteAccessPointPolicyForObjectProcess: onBucket('DELETE', 'accessPointPolicyForObjectProcess'),
  WriteGetObjectResponse: onService('POST', 'x-oss-write-get-object-response'),

  // Operations reference §6, processing, live channels, folders, fetching.
  CreateSelectObjectMetaCsv: onObject('POST', 'x-oss-process=csv/meta'),
  CreateSelectObjectMetaJson: onObject('POST', 'x-oss-process=json/meta'),
  SelectObjectCsv: onObject('POST', 'x-oss-process=csv/select'),
  SelectObjectJson: onObject('POST', 'x-oss-process=json/select'),
  AsyncProcessObject: onObject('POST', 'x-oss-async-process'),
  PutLiveChannel: onObject('PUT', 'live'),
  ListLiveChannel: onBucket('GET', 'live'),
  DeleteLiveChannel: onObject('DELETE', 'live'),
  PutLiveChannelStatus: onObject('PUT', 'live status'),
  GetLiveChannelInfo: onObject('GET', 'live'),
  GetLiveChannelStat: onObject('GET', 'live comp=stat'),
  GetLiveChannelHistory: onObject('GET', 'live comp=history'),
  PostVodPlaylist: onObject('POST', 'vod'),
  GetVodPlaylist: onObject('GET', 'vod'),
  PutAsyncFetchTask: onBucket('POST', 'asyncFetch'),
  GetAsyncFetchTask: onBucket('GET', 'asyncFetch'),
  PutBucketProcess: onBucket('PUT', 'processConfiguration'),
  GetBucketProcess: onBucket('GET', 'processConfiguration'),
  CreateDirectory: onObject('POST', 'x-oss-dir'),
  DeleteDirectory: onObject('POST', 'x-oss-delete'),
  Rename: onObject('POST', 'x-oss-rename'),

  // Operations reference §6, bandwidth, and what OSS itself has retired.
  PutBucketQosInfo: onBucket('PUT', 'qosInfo'),
  GetBucketQosInfo: onBucket('GET', 'qosInfo'),
  DeleteBucketQosInfo: onBucket('DELETE', 'qosInfo'),
  GetUserQosInfo: onService('GET', 'qosInfo'),
  PutBucketRequesterQosInfo: onBucket('PUT', 'requesterQosInfo'),
  GetBucketRequesterQosInfo: onBucket('GET', 'requesterQosInfo qosRequester'),
  ListBucketRequesterQosInfos: onBucket('GET', 'requesterQosInfo'),
  DeleteBucketRequesterQosInfo: onBucket('DELETE', 'requesterQosInfo'),
  ListResourcePools: onService('GET', 'resourcePool'),
  GetResourcePoolInfo: onService('GET', 'resourcePoolInfo resourcePool'),
  ListResourcePoolBuckets: onService('GET', 'resourcePoolBuckets resourcePool'),
  PutResourcePoolRequesterQosInfo: onService('PUT', 'requesterQosInfo resourcePool'),
  GetResourcePoolRequesterQosInfo: onService('GET', 'requesterQosInfo resourcePool qosRequester'),
  ListResourcePoolRequesterQosInfos: onService('GET', 'requesterQosInfo resourcePool'),
  DeleteResourcePoolRequesterQosInfo: onService('DELETE', 'requesterQosInfo resourcePool'),
  CreateUdf: onService('POST', 'udf'),
  GetUdfInfo: onService('GET', 'udf udfName'),
  ListUdfs: onService('GET', 'udf'),
  DeleteUdf: onService('DELETE', 'udf'),
  UploadUdfImage: onService('POST', 'udfImage'),
  GetUdfImageInfo: onService('GET', 'udfImage'),
  DeleteUdfImage: onService('DELETE', 'udfImage'),
  CreateUdfApplication: onService('POST', 'udfApplication'),
  GetUdfApplicationInfo: onService('GET', 'udfApplication'),
  DeleteUdfApplication: onService('DELETE', 'udfApplication'),
  GetUdfApplicationLog: onService('GET', 'udfApplicationLog'),
  CreateVpcip: onService('POST', 'vpcip comp=add'),
  ListVpcip: onService('GET', 'vpcip'),
  DeleteVpcip: onService('POST', 'vpcip comp=delete'),
  CreateBucketVpcip: onBucket('POST', 'vip comp=add'),
  GetBucketVpcip: onBucket('GET', 'vip'),
  DeleteBucketVpcip: onBucket('POST', 'vip comp=delete'),

  // Operations reference §6, vectors.
  PutVectorIndex: onBucket('POST', 'putVectorIndex'),
  GetVectorIndex: onBucket('POST', 'getVectorIndex'),
  ListVectorIndexes: onBucket('POST', 'listVectorIndexes'),
  DeleteVectorIndex: onBucket('POST', 'deleteVectorIndex'),
  PutVectors: onBucket('POST', 'putVectors'),
  GetVectors: onBucket('POST', 'getVectors'),
  ListVectors: onBucket('POST', 'listVectors'),
  DeleteVectors: onBucket('POST', 'deleteVectors'),
  QueryVectors: onBucket('POST', 'queryVectors'),
};
