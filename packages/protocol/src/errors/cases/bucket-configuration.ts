// Refusals about what is configured on a bucket. Rule: errors reference §6. Codes without a known
// text have one of our own, so that later operations find every code here.

export const bucketConfigurationCases = {
  // Node's SDK compares the text.
  NoSuchCORSConfiguration: {
    code: 'NoSuchCORSConfiguration',
    status: 404,
    message: 'The CORS Configuration does not exist.',
    ec: '0034-00000001',
  },
  CORSRuleBeyondLimit: {
    code: 'CORSRuleBeyondLimit',
    status: 400,
    message: 'The CORS Rules num is beyond limit',
    ec: '0034-00000006',
  },
  CorsWithoutRule: {
    code: 'MalformedXML',
    status: 400,
    message: ('The XML you provided was not well-formed or did not validate against our published' +
      ' schema.') as string,
    ec: '0034-00000002',
  },
  InvalidCorsOrigin: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The AllowedOrigin must not hold more than one *.',
    ec: '0034-00000009',
  },
  InvalidCorsMethod: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The AllowedMethod must be one of: GET, PUT, DELETE, POST, HEAD.',
    ec: '0034-00000011',
  },
  InvalidCorsHeader: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The AllowedHeader must not hold more than one *.',
  },
  InvalidCorsExposeHeader: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The ExposeHeader must not hold a *. Name each header.',
    ec: '0034-00000013',
  },
  NoSuchLifecycle: {
    code: 'NoSuchLifecycle',
    status: 404,
    message: 'No Row found in Lifecycle Table.',
  },
  NoSuchWebsiteConfiguration: {
    code: 'NoSuchWebsiteConfiguration',
    status: 404,
    message: 'The specified bucket does not have a website configuration.',
  },
  NoSuchBucketPolicy: {
    code: 'NoSuchBucketPolicy',
    status: 404,
    message: 'The specified bucket policy does not exist.',
  },
  NoSuchServerSideEncryptionRule: {
    code: 'NoSuchServerSideEncryptionRule',
    status: 404,
    message: 'The server side encryption configuration was not found.',
  },
  NoSuchWORMConfiguration: {
    code: 'NoSuchWORMConfiguration',
    status: 404,
    message: 'The WORM Configuration does not exist.',
  },
  NoSuchWORMId: {
    code: 'NoSuchWORMConfiguration',
    status: 404,
    message: 'The specified WORM ID does not exist.',
  },
  WORMConfigurationAlreadyExists: {
    code: 'WORMConfigurationAlreadyExists',
    status: 409,
    message: 'The WORM Configuration already exists.',
  },
  WORMConfigurationLocked: {
    code: 'WORMConfigurationLocked',
    status: 403,
    message: 'The WORM Configuration is locked.',
  },
  InvalidWORMConfiguration: {
    code: 'InvalidWORMConfiguration',
    status: 400,
    message: 'Invalid WORM Configuration.',
  },
  NoSuchTransferAccelerationConfiguration: {
    code: 'NoSuchTransferAccelerationConfiguration',
    status: 404,
    message: 'The bucket you specified does not have transfer acceleration configuration.',
  },
  // Misspelt as OSS serves it.
  TransferAccAlreadyInUse: {
    code: 'TransferAccAlreadyInUse',
    status: 409,
    message: 'The transfer acceleration is aleady used by cross-region replication.',
  },
  TransferAccelerationDisabled: {
    code: 'TransferAccelerationDisabled',
    status: 403,
    message: 'Transfer acceleration is disabled.',
  },
  NoSuchReplicationConfiguration: {
    code: 'NoSuchReplicationConfiguration',
    status: 404,
    message: 'The bucket you specified does not have replication configuration.',
  },
  NoSuchReplicationRule: {
    code: 'NoSuchReplicationRule',
    status: 404,
    message: 'The BucketReplicationRule you specified does not exist.',
  },
  // The status page says 400, an SDK's class 409.
  BucketReplicationAlreadyExist: {
    code: 'BucketReplicationAlreadyExist',
    status: 409,
    message: 'Bucket replication already exists.',
  },
  InvalidTargetLocation: {
    code: 'InvalidTargetLocation',
    status: 400,
    message: 'The target bucket you specified does not locate in the target location.',
  },
  BadReplicationLocation: {
    code: 'BadReplicationLocation',
    status: 400,
    message: 'The replication location you choose is invalid.',
  },
  TooManyReplicationRules: {
    code: 'TooManyReplicationRules',
    status: 400,
    message: 'OSS only support one replication rule now.',
  },
  InvalidTargetBucket: {
    code: 'InvalidTargetBucket',
    status: 400,
    message: 'The target bucket is invalid for bucket replication.',
  },
  NoSuchInventory: {
    code: 'NoSuchInventory',
    status: 404,
    message: 'No Row found in Inventory Table.',
  },
  // The status page calls it InventoryConfigurationAlreadyExists.
  InventoryAlreadyExist: {
    code: 'InventoryAlreadyExist',
    status: 409,
    message: 'The Inventory Configuration already exists.',
  },
  InventoryExceedLimit: {
    code: 'InventoryExceedLimit',
    status: 400,
    message: 'You are not allowed to create more inventory than limit.',
  },
  InvalidTargetBucketForLogging: {
    code: 'InvalidTargetBucketForLogging',
    status: 400,
    message: 'put bucket log requester is not target bucket owner.',
  },
  NoSuchStyle: { code: 'NoSuchStyle', status: 404, message: 'No Such Image Style.' },
  CnameTokenNotFound: {
    code: 'CnameTokenNotFound',
    status: 404,
    message: 'Cname token not found.',
    ec: '0018-00000301',
  },
  NeedVerifyDomainOwnership: {
    code: 'NeedVerifyDomainOwnership',
    status: 403,
    message: 'Please verify domain ownership by CreateCnameToken and try again.',
    ec: '0018-00000115',
  },
  // Misspelt as OSS serves it.
  CnameAlreadyExists: {
    code: 'CnameAlreadyExists',
    status: 409,
    message: 'The cname has been attatched to your other bucket already.',
  },
  InvalidDomainName: {
    code: 'InvalidArgument',
    status: 400,
    message:
      ('This is not a domain name that can be bound. Write it like img.example.com: letters, digits' +
        ' and hyphens, no scheme, no port, no address.') as string,
    ec: '0018-00000401',
  },
  ReservedDomainName: {
    code: 'InvalidArgument',
    status: 400,
    message: "This domain name is the service's own. Bind a domain of your own.",
    ec: '0018-00000401',
  },
  TooManyCnames: {
    code: 'TooManyCnames',
    status: 400,
    message: 'A bucket can not have more than 100 custom domains. Remove one with DeleteCname.',
  },
  CasRenewCertificateConflict: {
    code: 'CasRenewCertificateConflict',
    status: 409,
    message: 'The certificate was renewed meanwhile. Read it again and repeat, or use Force.',
  },
  CnameDenied: {
    code: 'CnameDenied',
    status: 403,
    message: 'The cname belongs to another user.',
  },
  NonStandardHostForbidden: {
    code: 'NonStandardHostForbidden',
    status: 403,
    message: 'Your host is invalid. Please use Open Storage Service standard host.',
  },
  InvalidHostPutBucket: {
    code: 'InvalidHostPutBucket',
    status: 400,
    message: 'A bucket can not be created under this host. Use the endpoint of the region.',
  },
  BucketDisable: {
    code: 'BucketDisable',
    status: 403,
    message: 'The bucket is disabled. Ask the operator of the service.',
  },
  AbnormalBucketOwnerStatus: {
    code: 'AbnormalBucketOwnerStatus',
    status: 403,
    message: 'The account that owns the bucket is not active. Ask the operator of the service.',
  },
  PermanentRedirect: {
    code: 'PermanentRedirect',
    status: 403,
    message: 'The bucket is served by another endpoint. Send the request there.',
  },
  NoSuchLiveChannel: {
    code: 'NoSuchLiveChannel',
    status: 404,
    message: 'The specified live channel does not exist.',
  },
  ChannelStillLive: {
    code: 'ChannelStillLive',
    status: 409,
    message: "Live channel couldn't be updated or deleted when channel is live.",
  },
  LiveChannelDisabled: {
    code: 'LiveChannelDisabled',
    status: 409,
    message: 'Live channel is disabled by owner.',
  },
  VodPlaylistEmpty: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The live channel has no data between startTime and endTime.',
    ec: '0044-00000308',
  },
  MetaQueryNotExist: {
    code: 'MetaQueryNotExist',
    status: 404,
    message: 'Meta query is not open on this bucket. Open it with OpenMetaQuery.',
  },
  MetaQueryAlreadyExist: {
    code: 'MetaQueryAlreadyExist',
    status: 409,
    message: 'Meta query is open on this bucket already.',
  },
  MetaQueryNotReady: {
    code: 'MetaQueryNotReady',
    status: 409,
    message: 'Meta query is still building its index. Try again later.',
  },
  NoSuchDataPipeline: {
    code: 'NoSuchDataPipeline',
    status: 404,
    message: 'The specified resource dataPipeline is not found.',
  },
  NoSuchAccessPoint: {
    code: 'NoSuchAccessPoint',
    status: 404,
    message: 'The specified access point does not exist.',
  },
  NoSuchAccessPointForObjectProcess: {
    code: 'NoSuchAccessPointForObjectProcess',
    status: 404,
    message: 'The specified access point for object process does not exist.',
  },
  BucketCallbackPolicyNotExist: {
    code: 'BucketCallbackPolicyNotExist',
    status: 404,
    message: 'The specified bucket does not have a callback policy.',
  },
  NoSuchArchiveDirectReadConfiguration: {
    code: 'NoSuchArchiveDirectReadConfiguration',
    status: 404,
    message: 'The specified bucket does not have an archive direct read configuration.',
  },
  AccessMonitorDisableNotAllowed: {
    code: 'AccessMonitorDisableNotAllowed',
    status: 409,
    message: 'A lifecycle rule of this bucket needs the access monitor. Remove the rule first.',
  },
  NoSuchBucketDataRedundancyTransition: {
    code: 'NoSuchBucketDataRedundancyTransition',
    status: 404,
    message: 'The specified data redundancy transition does not exist.',
  },
} as const;
