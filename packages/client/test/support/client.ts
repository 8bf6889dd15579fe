// Clients for tests: fixed keys, no waiting between attempts.
import type { Osskeep } from '@osskeep/server';
import { OssClient, type OssClientOptions } from '../../src/index.ts';

export const keys = {
  accessKeyId: 'TESTKEYID',
  accessKeySecret: 'the-secret-of-the-tests',
} as const;

/** Waits asked for, in ms, in order; none of them is really waited. */
export function noWaiting(random = 1): {
  readonly waits: number[];
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
} {
  const waits: number[] = [];
  return {
    waits,
    random: () => random,
    sleep: async (ms) => {
      waits.push(ms);
    },
  };
}

export function testClient(options: Partial<OssClientOptions> = {}): OssClient {
  return new OssClient({
    endpoint: 'http://127.0.0.1:6770',
    region: 'cn-hangzhou',
    bucket: 'examplebucket',
    credentials: keys,
    retry: noWaiting(),
    ...options,
  });
}

export const rootKey = {
  accessKeyId: 'OSSKTESTROOT',
  accessKeySecret: 'a secret only tests use',
} as const;

/** Of a server of ours that was started with `rootKey`; one attempt, so that nothing is hidden. */
export function clientOf(server: Osskeep, options: Partial<OssClientOptions> = {}): OssClient {
  return testClient({
    endpoint: server.endpoint,
    region: server.region,
    credentials: rootKey,
    retry: { ...noWaiting(), attempts: 1 },
    ...options,
  });
}
