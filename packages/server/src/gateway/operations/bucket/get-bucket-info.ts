import { type GetBucketInfoOutput, getBucketInfo } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { bucketEndpoints } from '../bucket-endpoints.ts';
import { versioningWord } from './versioning-word.ts';

/** Group of every bucket until resource groups are built; SDK suites want one that is not empty. */
const defaultResourceGroup = 'rg-osskeepdefault';

export const getBucketInfoHandler = handler({
  operation: getBucketInfo,
  action: 'oss:GetBucketInfo',
  need: 'own-bucket',
  run: async (_, { bucket, settings }): Promise<GetBucketInfoOutput> => {
    const { location, extranetEndpoint, intranetEndpoint } = bucketEndpoints(bucket, settings);
    return {
      bucket: {
        name: bucket.name,
        location,
        extranetEndpoint,
        intranetEndpoint,
        creationDate: bucket.createdMs,
        storageClass: bucket.storageClass,
        dataRedundancyType: bucket.dataRedundancyType,
        owner: bucket.owner,
        acl: bucket.acl,
        resourceGroupId: defaultResourceGroup,
        accessMonitor: 'Disabled',
        transferAcceleration: 'Disabled',
        crossRegionReplication: 'Disabled',
        versioning: versioningWord(bucket.versioning),
        encryption: { sseAlgorithm: 'None' },
        logging: {},
        blockPublicAccess: bucket.ownPublicAccessBlock,
      },
    };
  },
});
