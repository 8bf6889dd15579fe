// A server in this process with everything on it that the suites sign and read.
import { OssClient } from '@osskeep/client';
import { type Osskeep, startOsskeep } from '@osskeep/server';
import { account, cnames, keys, prepare, region, type VersionIds } from './stage.ts';

export interface SeedServer {
  readonly server: Osskeep;
  readonly http: string;
  readonly https: string;
  readonly ca: string;
  readonly versionIds: VersionIds;
}

export async function startSeedServer(): Promise<SeedServer> {
  const server = await startOsskeep({
    region,
    accounts: [account],
    cnames: { ...cnames },
    tls: { selfSigned: true },
  });
  const { httpsEndpoint: https, tlsCa: ca } = server;
  if (https === undefined || ca === undefined) throw new Error('the server has no https');
  const client = new OssClient({ endpoint: server.endpoint, region, credentials: keys.given });
  return { server, http: server.endpoint, https, ca, versionIds: await prepare(client) };
}
