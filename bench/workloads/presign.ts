// P2: making V4 URLs, our client against ali-oss, over distinct keys.
import { OssClient } from '@osskeep/client';
import AliOss from 'ali-oss';
import { accessKey, bucket } from '../harness/server.ts';
import type { Sample, Workload } from '../harness/workload.ts';

const seconds = 2;
let next = 0;

interface Ali {
  signatureUrlV4(method: string, expires: number, request: object, name: string): Promise<string>;
}

async function rateOf(sign: (key: string) => Promise<unknown>): Promise<Sample> {
  const began = performance.now();
  const until = began + seconds * 1000;
  let count = 0;
  while (performance.now() < until) {
    for (let at = 0; at < 100; at += 1) {
      next += 1;
      await sign(`reports/2026/${next}/report ${next}.pdf`);
    }
    count += 100;
  }
  return { rate: count / ((performance.now() - began) / 1000) };
}

export const presign: Workload = {
  id: 'P2',
  title: 'making V4 URLs, distinct keys, one core',
  open: async () => {
    const client = new OssClient({
      endpoint: 'https://oss-cn-hangzhou.aliyuncs.com',
      region: 'cn-hangzhou',
      bucket,
      credentials: accessKey,
    });
    const ali = new AliOss({
      region: 'oss-cn-hangzhou',
      authorizationV4: true,
      secure: true,
      bucket,
      ...accessKey,
    }) as unknown as Ali;
    return {
      comparisons: [
        {
          name: 'presign',
          unit: 'URLs/s',
          ours: {
            name: 'osskeep client',
            measure: () => rateOf((key) => client.presign('GET', key, { expires: 3600 })),
          },
          peers: [
            {
              name: 'ali-oss signatureUrlV4',
              measure: () => rateOf((key) => ali.signatureUrlV4('GET', 3600, {}, key)),
            },
          ],
          floor: 6,
          aim: 10,
        },
      ],
      close: async () => undefined,
    };
  },
};
