// P3: an upload of 64 MiB against what it cannot go under: MD5 on one core, and the bytes written to a
// file and synced.
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { startServer } from '../harness/server.ts';
import type { Sample, Workload } from '../harness/workload.ts';
import { writeLargeFile } from '../peers/durable-files.ts';

const bytes = 64 * 1024 * 1024;
const mib = 1024 * 1024;
const timesOfSample = 8;

export const largePut: Workload = {
  id: 'P3',
  title: 'PUT of 64 MiB, durable, against the slower of MD5 on one core and a synced file',
  open: async () => {
    // One worker, but two cores: MD5 alone fills one, so whoever is to come near it must hash beside
    // everything else. The client runs on the same two.
    const server = await startServer('0,1');
    const body = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; at += 4) body.writeUInt32LE((at * 2654435761) >>> 0, at);
    const { url, headers } = await server.client.presign('PUT', 'large', { expires: 3600 });
    return {
      comparisons: [
        {
          name: '64 MiB',
          unit: 'MiB/s',
          ours: { name: 'osskeep', measure: () => rateOf(() => put(url, headers, body)) },
          peers: [
            { name: 'MD5, one core', measure: () => rateOf(async () => countMd5(body)) },
            { name: 'file with fdatasync', measure: () => rateOf(() => writeLargeFile(bytes)) },
          ],
          floor: 0.6,
        },
      ],
      close: () => server.stop(),
    };
  },
};

/** One after the other: a single one, of a tenth of a second, is gone before code is compiled and a core awake. */
async function rateOf(once: () => Promise<(() => void) | undefined>): Promise<Sample> {
  const removals: ((() => void) | undefined)[] = [];
  const began = performance.now();
  for (let count = 0; count < timesOfSample; count += 1) removals.push(await once());
  const seconds = (performance.now() - began) / 1000;
  for (const remove of removals) remove?.();
  return { rate: (timesOfSample * bytes) / mib / seconds };
}

function countMd5(body: Buffer): undefined {
  const hash = createHash('md5');
  for (let at = 0; at < body.length; at += 65_536) hash.update(body.subarray(at, at + 65_536));
  hash.digest();
}

function put(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'PUT', headers: { ...headers, 'content-length': body.length } },
      (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode !== 200) reject(new Error(`PUT answered ${response.statusCode}`));
          resolve(undefined);
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
