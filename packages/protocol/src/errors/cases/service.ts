// Refusals that are not the sender's fault, or that concern the load as a whole.
// Rule: errors reference §4.

export const serviceCases = {
  InternalError: {
    code: 'InternalError',
    status: 500,
    message: 'Please contact the server administrator, oss@service.aliyun.com.',
  },
  ServiceUnavailable: {
    code: 'ServiceUnavailable',
    status: 503,
    message: 'The service is temporarily unavailable. Please try again.',
  },
  // OSS never fills up; a disk of one's own does (durability contract D10).
  InsufficientStorage: {
    code: 'InsufficientStorage',
    status: 507,
    message:
      'The disk of the server is full. Delete objects or give it more space, then try again.',
  },
  DownloadTrafficRateLimitExceeded: {
    code: 'DownloadTrafficRateLimitExceeded',
    status: 503,
    message: 'Max download traffic rate limit is exceeded.',
  },
  UploadTrafficRateLimitExceeded: {
    code: 'UploadTrafficRateLimitExceeded',
    status: 503,
    message: 'Max upload traffic rate limit is exceeded.',
  },
  MetaOperationQpsLimitExceeded: {
    code: 'MetaOperationQpsLimitExceeded',
    status: 503,
    message: 'Max meta operation qps limit is exceeded.',
  },
  TotalQpsLimitExceeded: {
    code: 'TotalQpsLimitExceeded',
    status: 503,
    message: 'Max total qps limit is exceeded.',
  },
  ActiveRequestLimitExceeded: {
    code: 'ActiveRequestLimitExceeded',
    status: 503,
    message: 'Max active request limit is exceeded.',
  },
  CpuLimitExceeded: {
    code: 'CpuLimitExceeded',
    status: 503,
    message: 'Max cpu limit is exceeded.',
  },
} as const;
