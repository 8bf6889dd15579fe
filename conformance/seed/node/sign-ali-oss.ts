// Signs URLs with ali-oss, as its documentation does.
import AliOss from 'ali-oss';
import { NoSuchCall, run } from './signing.ts';

/** The SDK has no types of its own; this is what is called here. */
interface Ali {
  signatureUrl(name: string, options: object): string;
  signatureUrlV4(method: string, expires: number, request: object, name: string): Promise<string>;
}

await run(async (job) => {
  const { bucket, cname = false, credentials, endpoint, expiresSeconds, key, versionId } = job;
  if (credentials === undefined) {
    throw new NoSuchCall('ali-oss has no provider that reads the environment');
  }
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const isV4 = job.signatureVersion === 'V4';
  const client = new AliOss({
    accessKeyId,
    accessKeySecret,
    bucket,
    cname,
    endpoint,
    region: `oss-${job.region}`,
    authorizationV4: isV4,
    ...(securityToken === undefined ? {} : { stsToken: securityToken }),
  }) as unknown as Ali;
  const version = versionId === undefined ? {} : { versionId };
  if (isV4) return client.signatureUrlV4('GET', expiresSeconds, { queries: version }, key);
  return client.signatureUrl(key, { expires: expiresSeconds, subResource: version });
});
