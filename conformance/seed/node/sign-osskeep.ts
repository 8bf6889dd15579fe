// Signs URLs with our own client.
import { environmentCredentials, OssClient } from '@osskeep/client';
import { run } from './signing.ts';

await run(async (job) => {
  const { endpoint, region, bucket, cname, versionId } = job;
  const client = new OssClient({
    endpoint,
    region,
    bucket,
    cname,
    credentials: job.credentials ?? environmentCredentials(),
    signatureVersion: job.signatureVersion === 'V4' ? 'v4' : 'v1',
  });
  const link = await client.presign('GET', job.key, { expires: job.expiresSeconds, versionId });
  return link.url;
});
